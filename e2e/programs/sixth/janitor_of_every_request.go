package main

import (
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"
)

type item[V any] struct {
	value V
	ends  time.Time
}

// cache forgets what is old, every now and then.
type cache[K comparable, V any] struct {
	mu    sync.Mutex
	items map[K]item[V]
	stop  chan struct{}
}

func newCache[K comparable, V any](every time.Duration) *cache[K, V] {
	c := &cache[K, V]{items: map[K]item[V]{}, stop: make(chan struct{})}
	go c.janitor(every)
	return c
}

func (c *cache[K, V]) janitor(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select { // leaks
		case now := <-ticker.C:
			c.mu.Lock()
			for k, i := range c.items {
				if now.After(i.ends) {
					delete(c.items, k)
				}
			}
			c.mu.Unlock()
		case <-c.stop:
			return
		}
	}
}

func (c *cache[K, V]) set(k K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[k] = item[V]{v, time.Now().Add(time.Minute)}
}

func (c *cache[K, V]) len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.items)
}

func authorize(w http.ResponseWriter, r *http.Request) {
	keys := newCache[string, int](10 * time.Minute)
	for i := 0; i < 3; i++ {
		keys.set(fmt.Sprint("key", i), i)
	}
	fmt.Fprintln(w, keys.len())
}

func main() {
	address := listen(http.HandlerFunc(authorize))
	request(address, 30)
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(64 * time.Second)
	request(address, 5)
	record()
}
