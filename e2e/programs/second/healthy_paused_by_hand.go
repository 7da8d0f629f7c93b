package main

import (
	"net/http"
	"sync"
)

type pausable struct {
	mu     sync.Mutex
	resume *sync.Cond
	paused bool
}

func (p *pausable) work() {
	for {
		p.mu.Lock()
		for p.paused {
			p.resume.Wait()
		}
		p.mu.Unlock()
	}
}

func (p *pausable) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.paused = r.URL.Path == "/pause"
	p.resume.Broadcast()
}

func main() {
	p := &pausable{paused: true}
	p.resume = sync.NewCond(&p.mu)
	for i := 0; i < 4; i++ {
		go p.work()
	}
	request(listen(p)+"/pause", 2)
	record()
}
