package main

import (
	"sync"
	"time"
)

type inflight struct {
	mu   sync.Mutex
	zero sync.Cond
	n    int
}

func (i *inflight) enter() { i.mu.Lock(); i.n++; i.mu.Unlock() }

func (i *inflight) leave() { i.mu.Lock(); i.n--; i.mu.Unlock() }

func (i *inflight) drain() {
	i.mu.Lock()
	for i.n > 0 {
		i.zero.Wait() // leaks
	}
	i.mu.Unlock()
}

func main() {
	i := &inflight{}
	i.zero.L = &i.mu
	i.enter()
	drained := make(chan struct{})
	go func() {
		i.drain()
		close(drained)
	}()
	time.Sleep(5 * time.Millisecond)
	i.leave()
	recordSoon()
	<-drained // leaks
}
