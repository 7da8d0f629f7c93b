package main

import (
	"context"
	"time"
)

type op struct {
	n    int
	done chan error
}

type node struct {
	ops  chan op
	disk time.Duration
}

func (n *node) run(ctx context.Context) {
	for {
		select {
		case o := <-n.ops:
			time.Sleep(n.disk)
			o.done <- nil
		case <-ctx.Done():
			return
		}
	}
}

func (n *node) propose(ctx context.Context, i int) error {
	o := op{i, make(chan error, 1)}
	select {
	case n.ops <- o:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := &node{make(chan op), 6 * time.Second}
	go n.run(ctx)
	for i := 0; i < 9; i++ {
		go n.propose(ctx, i)
	}
	record()
}
