package main

import (
	"net/http"
	"sync"
	"time"
)

type debounced struct {
	mu    sync.Mutex
	dirty map[string]bool
}

func (d *debounced) later(name string) {
	time.Sleep(10 * time.Second)
	d.mu.Lock()
	delete(d.dirty, name)
	d.mu.Unlock()
}

func (d *debounced) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dirty[r.URL.Path] = true
	go d.later(r.URL.Path)
}

func main() {
	request(listen(&debounced{dirty: map[string]bool{}})+"/page", 15)
	record()
}
