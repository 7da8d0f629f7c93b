package shop

import (
	"sync"
	"testing"
)

type pool struct {
	tasks chan func()
	quit  chan struct{}
	wg    sync.WaitGroup
}

func newPool(n int) *pool {
	p := &pool{tasks: make(chan func()), quit: make(chan struct{})}
	for i := 0; i < n; i++ {
		p.wg.Add(1)
		go p.worker()
	}
	return p
}

func (p *pool) worker() {
	defer p.wg.Done()
	for {
		select {
		case task := <-p.tasks:
			task()
		case <-p.quit:
			return
		}
	}
}

func (p *pool) submit(task func()) {
	p.tasks <- task // leaks
}

func TestStop(t *testing.T) {
	p := newPool(3)
	p.submit(func() {})
	close(p.quit)
	p.wg.Wait()
	for i := 0; i < 5; i++ {
		go p.submit(func() {})
	}
	record()
}
