package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type item struct {
	name  string
	flush chan struct{}
}

// processor gathers spans and exports them in batches; when too many come, some are dropped.
type processor struct {
	queue  chan item
	export func([]string)
	mu     sync.Mutex
	lost   int
}

func newProcessor(export func([]string)) *processor {
	p := &processor{queue: make(chan item, 32), export: export}
	go p.run()
	return p
}

func (p *processor) enqueue(i item) {
	select {
	case p.queue <- i:
	default:
		p.mu.Lock()
		p.lost++
		p.mu.Unlock()
	}
}

func (p *processor) end(name string) { p.enqueue(item{name: name}) }

// flush comes back once all that ended before is exported.
func (p *processor) flush() {
	done := make(chan struct{})
	p.enqueue(item{flush: done})
	<-done // leaks
}

func (p *processor) run() {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	var batch []string
	for {
		select {
		case i := <-p.queue:
			if i.flush != nil {
				p.export(batch)
				batch = nil
				close(i.flush)
				continue
			}
			if batch = append(batch, i.name); len(batch) < 16 {
				continue
			}
		case <-ticker.C:
		}
		p.export(batch)
		batch = nil
	}
}

func main() {
	p := newProcessor(func(batch []string) { time.Sleep(5 * time.Millisecond) })
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer p.flush()
		spans := 60
		if r.URL.Path == "/small" {
			spans = 3
		}
		for i := 0; i < spans; i++ {
			p.end(fmt.Sprint(r.URL.Path, i))
		}
	}))
	for i := 0; i < 7; i++ {
		request(address+"/report", 1)
		time.Sleep(40 * time.Millisecond)
		request(address+"/small", 1)
	}
	time.Sleep(300 * time.Millisecond)
	record()
}
