package main

import (
	"sync"
	"time"
)

type gossip struct {
	mu        sync.RWMutex
	addresses map[int]string
	store     *store
}

type store struct {
	mu     sync.Mutex
	ranges map[int]int
	gossip *gossip
}

func (g *gossip) update(node int, address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.addresses[node] = address
	time.Sleep(5 * time.Millisecond)
	g.store.rebalance(node)
}

func (s *store) rebalance(node int) {
	s.mu.Lock() // leaks
	defer s.mu.Unlock()
	s.ranges[node]++
}

func (s *store) split(node int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(5 * time.Millisecond)
	return s.gossip.address(node)
}

func (g *gossip) address(node int) string {
	g.mu.RLock() // leaks
	defer g.mu.RUnlock()
	return g.addresses[node]
}

func main() {
	s := &store{ranges: map[int]int{}}
	s.gossip = &gossip{addresses: map[int]string{}, store: s}
	go s.gossip.update(1, "10.0.0.1")
	go s.split(2)
	record()
}
