package main

import (
	"net/http"
	"sync"
)

type basket struct {
	mu    sync.Mutex
	items map[string]int
}

func (b *basket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock() // leaks
	if r.URL.Query().Get("item") == "" {
		http.Error(w, "which item?", 400)
		return
	}
	b.items[r.URL.Query().Get("item")]++
	b.mu.Unlock()
}

func main() {
	address := listen(&basket{items: map[string]int{}})
	request(address+"/", 1)
	request(address+"/?item=a", 6)
	record()
}
