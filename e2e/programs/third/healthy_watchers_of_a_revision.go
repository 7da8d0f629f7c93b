package main

import (
	"net/http"
	"sync"
	"time"
)

type revisions struct {
	mu      sync.Mutex
	changed *sync.Cond
	number  int
}

func (r *revisions) after(n int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.number <= n {
		r.changed.Wait()
	}
	return r.number
}

func (r *revisions) poll() {
	for {
		time.Sleep(15 * time.Second)
		r.mu.Lock()
		r.number++
		r.mu.Unlock()
		r.changed.Broadcast()
	}
}

func main() {
	r := &revisions{}
	r.changed = sync.NewCond(&r.mu)
	go r.poll()
	address := listen(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { r.after(0) }))
	for i := 0; i < 10; i++ {
		go http.Get("http://" + address)
	}
	record()
}
