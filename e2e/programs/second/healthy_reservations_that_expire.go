package main

import (
	"sync"
	"time"
)

type reservation struct {
	seat int
	free chan struct{}
}

type hall struct {
	mu    sync.Mutex
	taken map[int]*reservation
}

func (h *hall) reserve(seat int, until time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := &reservation{seat, make(chan struct{})}
	h.taken[seat] = r
	time.AfterFunc(until, func() {
		h.mu.Lock()
		delete(h.taken, seat)
		h.mu.Unlock()
		close(r.free)
	})
}

func (h *hall) queueFor(seat int) {
	h.mu.Lock()
	r := h.taken[seat]
	h.mu.Unlock()
	if r != nil {
		<-r.free
	}
	h.reserve(seat, time.Minute)
}

func main() {
	h := &hall{taken: map[int]*reservation{}}
	h.reserve(7, 5*time.Second)
	for i := 0; i < 3; i++ {
		go h.queueFor(7)
	}
	record()
}
