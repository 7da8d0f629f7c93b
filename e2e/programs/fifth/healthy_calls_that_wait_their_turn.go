package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// limiter gives reservations, one after the other.
type limiter struct {
	mu       sync.Mutex
	interval time.Duration
	last     time.Time
}

func (l *limiter) reserve() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if l.last.Before(now) {
		l.last = now
	}
	l.last = l.last.Add(l.interval)
	return l.last.Sub(now)
}

func (l *limiter) wait(ctx context.Context) error {
	timer := time.NewTimer(l.reserve())
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type caller struct{ limiter *limiter }

func (c *caller) crawl(ctx context.Context, pages []string, group *sync.WaitGroup) {
	defer group.Done()
	for range pages {
		if c.limiter.wait(ctx) != nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := &caller{&limiter{interval: 15 * time.Millisecond}}
	var group sync.WaitGroup
	for i := 0; i < 20; i++ {
		group.Add(1)
		go c.crawl(ctx, make([]string, 50), &group)
	}
	finished := make(chan struct{})
	go func() {
		group.Wait()
		close(finished)
	}()
	mux := http.NewServeMux()
	mux.HandleFunc("/progress", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-finished:
			fmt.Fprintln(w, "finished")
		default:
			fmt.Fprintln(w, "busy")
		}
	})
	request(listen(mux)+"/progress", 3)
	profiled()
	<-finished
}
