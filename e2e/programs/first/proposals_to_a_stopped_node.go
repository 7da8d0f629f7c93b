package main

import (
	"context"
	"fmt"
	"time"
)

type proposal struct {
	data string
	done chan error
}

type raftNode struct {
	proposals chan proposal
	stopped   chan struct{}
}

func (n *raftNode) run(ctx context.Context) {
	defer close(n.stopped)
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case p := <-n.proposals:
			p.done <- nil
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (n *raftNode) propose(data string) error {
	p := proposal{data, make(chan error, 1)}
	n.proposals <- p // leaks
	return <-p.done
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	n := &raftNode{make(chan proposal), make(chan struct{})}
	go n.run(ctx)
	if n.propose("first") != nil {
		panic("not applied")
	}
	cancel()
	<-n.stopped
	for i := 0; i < 40; i++ {
		go n.propose(fmt.Sprint("next ", i))
	}
	record()
}
