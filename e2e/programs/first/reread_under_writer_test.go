package shop

import (
	"sync"
	"testing"
	"time"
)

type catalogue struct {
	mu     sync.RWMutex
	prices map[string]int
}

func (c *catalogue) total(names []string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	sum := 0
	for _, name := range names {
		time.Sleep(5 * time.Millisecond)
		sum += c.price(name)
	}
	return sum
}

func (c *catalogue) price(name string) int {
	c.mu.RLock() // leaks
	defer c.mu.RUnlock()
	return c.prices[name]
}

func (c *catalogue) set(name string, price int) {
	c.mu.Lock() // leaks
	defer c.mu.Unlock()
	c.prices[name] = price
}

func TestTotalWhileSet(t *testing.T) {
	c := &catalogue{prices: map[string]int{}}
	go c.total([]string{"tea", "milk"})
	time.Sleep(2 * time.Millisecond)
	go c.set("tea", 3)
	record()
}
