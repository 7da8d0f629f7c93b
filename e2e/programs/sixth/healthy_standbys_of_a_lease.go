package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// election lets one of many be the leader; the others hear when that one has left.
type election struct {
	mu      sync.Mutex
	waiting []chan struct{}
	taken   bool
}

func (e *election) campaign(ctx context.Context) error {
	e.mu.Lock()
	if !e.taken {
		e.taken = true
		e.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	e.waiting = append(e.waiting, turn)
	e.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *election) resign() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.waiting) == 0 {
		e.taken = false
		return
	}
	close(e.waiting[0])
	e.waiting = e.waiting[1:]
}

type shard struct {
	id    int
	lease *election
	term  time.Duration
}

func (s *shard) lead(ctx context.Context, replica int) error {
	end := time.NewTimer(s.term)
	defer end.Stop()
	renew := time.NewTicker(15 * time.Second)
	defer renew.Stop()
	for {
		select {
		case <-renew.C:
			fmt.Println(s.id, replica, "renewed")
		case <-end.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *shard) replica(ctx context.Context, n int) {
	for ctx.Err() == nil {
		if s.lease.campaign(ctx) == nil {
			s.lead(ctx, n)
			s.lease.resign()
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for id := 0; id < 4; id++ {
		s := &shard{id, &election{}, time.Hour}
		if id == 0 {
			s.term = 10 * time.Millisecond
		}
		for n := 0; n < 5; n++ {
			go s.replica(ctx, n)
		}
	}
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
