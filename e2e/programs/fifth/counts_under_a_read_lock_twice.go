package main

import (
	"sync"
	"time"
)

type registry struct {
	mu    sync.RWMutex
	pools map[string][]string
}

func (r *registry) size(pool string) int {
	r.mu.RLock() // leaks
	defer r.mu.RUnlock()
	return len(r.pools[pool])
}

func (r *registry) summary() map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	sizes := map[string]int{}
	for pool := range r.pools {
		time.Sleep(10 * time.Millisecond)
		sizes[pool] = r.size(pool)
	}
	return sizes
}

func (r *registry) join(pool, name string) {
	r.mu.Lock() // leaks
	defer r.mu.Unlock()
	r.pools[pool] = append(r.pools[pool], name)
}

func main() {
	r := &registry{pools: map[string][]string{"a": nil, "b": nil, "c": nil}}
	go r.summary()
	time.Sleep(5 * time.Millisecond)
	go r.join("a", "x")
	record()
}
