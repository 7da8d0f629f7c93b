package main

import (
	"container/list"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

type waiter struct {
	n     int64
	ready chan struct{}
}

// weighted lets at most size be in use; who comes first is served first.
type weighted struct {
	size, used int64
	mu         sync.Mutex
	waiters    list.List
}

func (s *weighted) acquire(ctx context.Context, n int64) error {
	s.mu.Lock()
	if s.size-s.used >= n && s.waiters.Len() == 0 {
		s.used += n
		s.mu.Unlock()
		return nil
	}
	ready := make(chan struct{})
	element := s.waiters.PushBack(waiter{n, ready})
	s.mu.Unlock()
	select { // leaks
	case <-ctx.Done():
		s.mu.Lock()
		s.waiters.Remove(element)
		s.mu.Unlock()
		return ctx.Err()
	case <-ready:
		return nil
	}
}

func (s *weighted) release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used -= n
	for next := s.waiters.Front(); next != nil; next = s.waiters.Front() {
		w := next.Value.(waiter)
		if s.size-s.used < w.n {
			return
		}
		s.used += w.n
		s.waiters.Remove(next)
		close(w.ready)
	}
}

// renderer keeps the megabytes of the pictures at work below a limit.
type renderer struct{ memory *weighted }

func (r *renderer) render(ctx context.Context, megabytes int64) error {
	if err := r.memory.acquire(ctx, megabytes); err != nil {
		return err
	}
	defer r.memory.release(megabytes)
	time.Sleep(time.Millisecond)
	return nil
}

func main() {
	r := &renderer{&weighted{size: 64}}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		n, _ := strconv.ParseInt(q.URL.Query().Get("mb"), 10, 64)
		go func() { // goes on when the visitor has gone
			if err := r.render(context.Background(), n); err != nil {
				fmt.Println(err)
			}
		}()
		w.WriteHeader(http.StatusAccepted)
	}))
	for _, mb := range []int{8, 16, 8, 32, 80, 8, 4, 4, 16, 8, 2, 1} {
		request(fmt.Sprint(address, "/render?mb=", mb), 1)
	}
	record()
}
