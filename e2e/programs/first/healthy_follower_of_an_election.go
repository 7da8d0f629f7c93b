package main

import (
	"context"
	"sync"
	"time"
)

type elector struct {
	mu     sync.Mutex
	leader bool
	gained chan struct{}
}

func (e *elector) tryAcquire() bool { return false }

func (e *elector) run(ctx context.Context) {
	timer := time.NewTimer(2 * time.Second)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			if e.tryAcquire() {
				e.mu.Lock()
				e.leader = true
				e.mu.Unlock()
				close(e.gained)
				return
			}
			timer.Reset(2 * time.Second)
		case <-ctx.Done():
			return
		}
	}
}

func controller(ctx context.Context, e *elector) {
	select {
	case <-e.gained:
	case <-ctx.Done():
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	e := &elector{gained: make(chan struct{})}
	go e.run(ctx)
	for i := 0; i < 6; i++ {
		go controller(ctx, e)
	}
	record()
}
