package main

import (
	"context"
	"time"
)

type shipper struct {
	lines chan string
	wait  time.Duration
}

func (s *shipper) ship(ctx context.Context, line string) error {
	select {
	case <-time.After(s.wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *shipper) run(ctx context.Context) {
	for line := range s.lines {
		if s.ship(ctx, line) != nil {
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	s := &shipper{make(chan string), 3 * time.Second}
	go s.run(ctx)
	for i := 0; i < 5; i++ {
		go func() { s.lines <- "line" }()
	}
	record()
	cancel()
}
