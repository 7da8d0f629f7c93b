package main

import (
	"sync"
	"time"
)

type registry struct {
	mu    sync.RWMutex
	nodes []string
}

func (r *registry) visit(f func(string)) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, n := range r.nodes {
		f(n)
	}
}

func (r *registry) add(n string) {
	r.mu.Lock() // leaks
	r.nodes = append(r.nodes, n)
	r.mu.Unlock()
}

func main() {
	r := &registry{nodes: []string{"a", "b"}}
	found := make(chan string)
	go r.visit(func(n string) {
		found <- n // leaks
	})
	go func() {
		for n := range found {
			time.Sleep(5 * time.Millisecond)
			r.add(n + "'")
		}
	}()
	record()
}
