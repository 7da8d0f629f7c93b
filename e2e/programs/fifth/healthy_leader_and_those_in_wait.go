package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// election is a lease that the leader renews and others try for.
type election struct {
	mu      sync.Mutex
	holder  string
	expires time.Time
}

func (e *election) try(name string, ttl time.Duration) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	if e.holder != name && now.Before(e.expires) {
		return false
	}
	e.holder, e.expires = name, now.Add(ttl)
	return true
}

type candidate struct {
	name  string
	on    *election
	lead  func(context.Context)
	every time.Duration
}

func (c *candidate) run(ctx context.Context) {
	for c.acquire(ctx) {
		leading, lost := context.WithCancel(ctx)
		go c.lead(leading)
		c.renew(ctx)
		lost()
	}
}

func (c *candidate) acquire(ctx context.Context) bool {
	for {
		if c.on.try(c.name, 10*c.every) {
			return true
		}
		select {
		case <-time.After(c.every):
		case <-ctx.Done():
			return false
		}
	}
}

func (c *candidate) renew(ctx context.Context) {
	ticker := time.NewTicker(c.every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if !c.on.try(c.name, 10*c.every) {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	e := &election{}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 0; i < 5; i++ {
		c := &candidate{name: fmt.Sprint("replica", i), on: e, every: 15 * time.Millisecond}
		c.lead = func(ctx context.Context) { <-ctx.Done() }
		go c.run(ctx)
	}
	record()
}
