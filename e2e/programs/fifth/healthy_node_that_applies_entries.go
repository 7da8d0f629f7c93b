package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

var errStopped = errors.New("stopped")

// node orders proposals; who proposes hears when its own was applied.
type node struct {
	proposals chan int
	ready     chan []int
	advance   chan struct{}
	done      chan struct{}
	mu        sync.Mutex
	waits     map[int]chan struct{}
	next      int
}

func (n *node) run(ctx context.Context) {
	defer close(n.done)
	var pending []int
	var ready chan []int
	var advance chan struct{}
	for {
		if advance == nil && len(pending) > 0 {
			ready = n.ready
		} else {
			ready = nil
		}
		select {
		case p := <-n.proposals:
			pending = append(pending, p)
		case ready <- pending:
			pending, advance = nil, n.advance
		case <-advance:
			advance = nil
		case <-ctx.Done():
			return
		}
	}
}

func (n *node) apply(ctx context.Context) {
	for {
		select {
		case entries := <-n.ready:
			time.Sleep(20 * time.Millisecond)
			n.mu.Lock()
			for _, e := range entries {
				close(n.waits[e])
				delete(n.waits, e)
			}
			n.mu.Unlock()
			select {
			case n.advance <- struct{}{}:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (n *node) propose(ctx context.Context) error {
	applied := make(chan struct{})
	n.mu.Lock()
	id := n.next
	n.next++
	n.waits[id] = applied
	n.mu.Unlock()
	select {
	case n.proposals <- id:
	case <-n.done:
		return errStopped
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-applied:
		return nil
	case <-n.done:
		return errStopped
	case <-ctx.Done():
		return ctx.Err()
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := &node{proposals: make(chan int), ready: make(chan []int), advance: make(chan struct{}), done: make(chan struct{}), waits: map[int]chan struct{}{}}
	go n.run(ctx)
	go n.apply(ctx)
	mux := http.NewServeMux()
	mux.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, n.propose(r.Context())) })
	address := listen(mux)
	for i := 0; i < 7; i++ {
		go func() {
			client := &http.Client{Timeout: time.Second}
			for {
				response, err := client.Get("http://" + address + "/put")
				if err != nil {
					return
				}
				response.Body.Close()
			}
		}()
	}
	record()
}
