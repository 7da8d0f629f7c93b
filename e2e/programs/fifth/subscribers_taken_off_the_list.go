package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

type subscriber struct {
	name string
	ch   chan string
}

// hub tells subscribers of deployments.
type hub struct {
	mu   sync.Mutex
	subs map[*subscriber]bool
	log  []string
}

func (h *hub) subscribe(name string) *subscriber {
	s := &subscriber{name: name, ch: make(chan string, 4)}
	h.mu.Lock()
	h.subs[s] = true
	h.mu.Unlock()
	return s
}

func (h *hub) unsubscribe(s *subscriber) {
	h.mu.Lock()
	delete(h.subs, s)
	h.mu.Unlock()
}

func (h *hub) publish(ctx context.Context) {
	ticker := time.NewTicker(4 * time.Millisecond)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		h.mu.Lock()
		for s := range h.subs {
			select {
			case s.ch <- fmt.Sprint("deployment ", n):
			default:
				delete(h.subs, s) // too slow
			}
		}
		h.mu.Unlock()
	}
}

// events streams to a client; what is rendered comes from a goroutine of its own.
func (h *hub) events(w http.ResponseWriter, r *http.Request) {
	s := h.subscribe(r.RemoteAddr)
	defer h.unsubscribe(s)
	lines := make(chan string, 16)
	go func() {
		defer close(lines)
		for e := range s.ch { // leaks
			select {
			case lines <- "data: " + e:
			default:
			}
		}
	}()
	for {
		select {
		case line := <-lines:
			fmt.Fprintln(w, line)
		case <-r.Context().Done():
			return
		}
	}
}

// journal is a subscriber that stays.
func (h *hub) journal() {
	s := h.subscribe("journal")
	defer h.unsubscribe(s)
	for e := range s.ch {
		h.mu.Lock()
		h.log = append(h.log, e)
		h.mu.Unlock()
	}
}

func main() {
	h := &hub{subs: map[*subscriber]bool{}}
	go h.publish(context.Background())
	go h.journal()
	mux := http.NewServeMux()
	mux.HandleFunc("/events", h.events)
	request(listen(mux)+"/events", 7)
	record()
}
