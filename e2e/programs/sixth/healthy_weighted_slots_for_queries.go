package main

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"time"
)

type waiter struct {
	n     int64
	ready chan struct{}
}

// weighted gives out so much in all; who comes first is served first.
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
	w := waiter{n, make(chan struct{})}
	element := s.waiters.PushBack(w)
	s.mu.Unlock()
	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		select {
		case <-w.ready:
			return nil
		default:
			s.waiters.Remove(element)
			return ctx.Err()
		}
	}
}

func (s *weighted) release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used -= n
	for {
		next := s.waiters.Front()
		if next == nil || s.size-s.used < next.Value.(waiter).n {
			return
		}
		w := s.waiters.Remove(next).(waiter)
		s.used += w.n
		close(w.ready)
	}
}

type engine struct {
	memory weighted
	ran    sync.Map
}

func (e *engine) query(ctx context.Context, id int, weight int64) error {
	if err := e.memory.acquire(ctx, weight); err != nil {
		return err
	}
	defer e.memory.release(weight)
	time.Sleep(time.Duration(weight) * 30 * time.Millisecond)
	e.ran.Store(id, weight)
	return nil
}

func (e *engine) client(id int) {
	for i := 0; ; i++ {
		if err := e.query(context.Background(), id, int64(1+(id+i)%8)); err != nil {
			fmt.Println(err)
		}
	}
}

func main() {
	e := &engine{memory: weighted{size: 8}}
	for id := 0; id < 22; id++ {
		go e.client(id)
	}
	time.Sleep(500 * time.Millisecond)
	record()
}
