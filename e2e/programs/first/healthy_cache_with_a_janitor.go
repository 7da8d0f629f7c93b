package main

import (
	"net/http"
	"sync"
	"time"
)

type cache struct {
	mu    sync.RWMutex
	items map[string]time.Time
	stop  chan struct{}
}

func (c *cache) janitor() {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case now := <-t.C:
			c.mu.Lock()
			for key, at := range c.items {
				if at.Before(now) {
					delete(c.items, key)
				}
			}
			c.mu.Unlock()
		case <-c.stop:
			return
		}
	}
}

func (c *cache) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if _, ok := c.items[r.URL.Path]; !ok {
		http.NotFound(w, r)
	}
}

func main() {
	c := &cache{items: map[string]time.Time{}, stop: make(chan struct{})}
	go c.janitor()
	request(listen(c)+"/x", 20)
	record()
	close(c.stop)
}
