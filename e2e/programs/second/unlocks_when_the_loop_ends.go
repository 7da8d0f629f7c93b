package main

import (
	"sync"
	"time"
)

type pools struct {
	mu   sync.Mutex
	free map[string]int
}

func (p *pools) rebalance(names []string) {
	for _, name := range names {
		p.mu.Lock() // leaks
		defer p.mu.Unlock()
		p.free[name]++
	}
}

func main() {
	p := &pools{free: map[string]int{}}
	go p.rebalance([]string{"a", "b", "c"})
	time.Sleep(time.Millisecond)
	recordSoon()
	p.rebalance([]string{"d"})
}
