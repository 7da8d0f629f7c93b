package shop

import (
	"sync"
	"testing"
	"time"
)

type cache[V any] struct {
	mu    sync.Mutex
	items map[string]V
	stop  chan bool
}

func newCache[V any](sweep time.Duration) *cache[V] {
	c := &cache[V]{items: map[string]V{}, stop: make(chan bool)}
	go c.janitor(sweep)
	return c
}

func (c *cache[V]) janitor(sweep time.Duration) {
	ticker := time.NewTicker(sweep)
	for {
		select { // leaks
		case <-ticker.C:
			c.mu.Lock()
			c.mu.Unlock()
		case <-c.stop:
			ticker.Stop()
			return
		}
	}
}

func TestCaches(t *testing.T) {
	for i := 0; i < 30; i++ {
		c := newCache[int](time.Minute)
		c.items["a"] = i
	}
	record()
}
