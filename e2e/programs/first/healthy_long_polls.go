package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type board struct {
	mu      sync.Mutex
	version int
	next    chan struct{}
}

func (b *board) current() (int, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.version, b.next
}

func (b *board) update() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.version++
	close(b.next)
	b.next = make(chan struct{})
}

func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		b.update()
		return
	}
	version, next := b.current()
	select {
	case <-next:
		version++
	case <-r.Context().Done():
	case <-time.After(time.Minute):
	}
	fmt.Fprintln(w, version)
}

func main() {
	address := listen(&board{next: make(chan struct{})})
	for i := 0; i < 25; i++ {
		go http.Get("http://" + address)
	}
	record()
}
