package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type cart struct {
	items map[string]int
}

type carts struct {
	mu   sync.RWMutex
	byID map[string]*cart
}

func (c *carts) add(id, item string) {
	c.mu.Lock() // leaks
	found := c.byID[id]
	if found == nil {
		found = &cart{}
		if id != "guest" {
			found.items = map[string]int{}
		}
		c.byID[id] = found
	}
	found.items[item]++
	c.mu.Unlock()
}

func (c *carts) count() (n int) {
	c.mu.RLock() // leaks
	defer c.mu.RUnlock()
	for _, found := range c.byID {
		n += len(found.items)
	}
	return n
}

func recovers(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				http.Error(w, fmt.Sprint(p), http.StatusInternalServerError)
			}
		}()
		next(w, r)
	}
}

func main() {
	c := &carts{byID: map[string]*cart{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/add", recovers(func(w http.ResponseWriter, r *http.Request) {
		c.add(r.URL.Query().Get("id"), r.URL.Query().Get("item"))
	}))
	mux.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) {})
	address := listen(mux)
	go func() {
		for range time.Tick(10 * time.Millisecond) {
			c.count()
		}
	}()
	request(address+"/add?id=1&item=tea", 3)
	request(address+"/add?id=guest&item=tea", 1)
	request(address+"/add?id=2&item=tea", 7)
	request(address+"/health", 2)
	record()
}
