package main

import (
	"container/list"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// limiter fills a bucket of tokens at a steady pace.
type limiter struct {
	tokens chan struct{}
	ticker *time.Ticker
	quit   chan struct{}
}

func newLimiter(every time.Duration, burst int) *limiter {
	l := &limiter{make(chan struct{}, burst), time.NewTicker(every), make(chan struct{})}
	go l.fill()
	return l
}

func (l *limiter) fill() {
	for {
		select { // leaks
		case <-l.ticker.C:
			select {
			case l.tokens <- struct{}{}:
			default:
			}
		case <-l.quit:
			l.ticker.Stop()
			return
		}
	}
}

func (l *limiter) allow() bool {
	select {
	case <-l.tokens:
		return true
	default:
		return false
	}
}

// lru keeps the values used last.
type lru[K comparable, V any] struct {
	mu    sync.Mutex
	size  int
	order *list.List
	items map[K]*list.Element
	make  func(K) V
}

type entry[K comparable, V any] struct {
	key   K
	value V
}

func (c *lru[K, V]) get(key K) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, ok := c.items[key]; ok {
		c.order.MoveToFront(element)
		return element.Value.(entry[K, V]).value
	}
	value := c.make(key)
	c.items[key] = c.order.PushFront(entry[K, V]{key, value})
	if c.order.Len() > c.size {
		oldest := c.order.Back()
		c.order.Remove(oldest)
		delete(c.items, oldest.Value.(entry[K, V]).key)
	}
	return value
}

func main() {
	limiters := &lru[string, *limiter]{
		size: 1, order: list.New(), items: map[string]*list.Element{},
		make: func(string) *limiter { return newLimiter(30*time.Second, 5) },
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !limiters.get(r.Header.Get("X-Api-Key") + r.URL.Query().Get("key")).allow() {
			http.Error(w, "slow down", http.StatusTooManyRequests)
		}
	}))
	for i := 0; i < 100; i++ {
		request(fmt.Sprint(address, "/?key=", i), 1)
	}
	limiters.mu.Lock()
	for _, element := range limiters.items {
		close(element.Value.(entry[string, *limiter]).value.quit)
	}
	limiters.mu.Unlock()
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
