package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

type proposal struct {
	data string
	done chan error
}

// node puts proposals into a log, one after the other.
type node struct {
	proposals chan proposal
	stopped   chan struct{}
	disk      int
	log       []string
}

func (n *node) append(data string) error {
	if len(n.log) == n.disk {
		return errors.New("disk is full")
	}
	n.log = append(n.log, data)
	return nil
}

func (n *node) run() error {
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case p := <-n.proposals:
			if err := n.append(p.data); err != nil {
				return err
			}
			p.done <- nil
		case <-n.stopped:
			return nil
		}
	}
}

func (n *node) propose(ctx context.Context, data string) error {
	p := proposal{data, make(chan error)}
	select { // leaks
	case n.proposals <- p:
	case <-n.stopped:
		return errors.New("stopped")
	case <-ctx.Done():
		return ctx.Err()
	}
	select { // leaks
	case err := <-p.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func main() {
	n := &node{proposals: make(chan proposal), stopped: make(chan struct{}), disk: 12}
	go func() {
		if err := n.run(); err != nil {
			fmt.Println(err)
		}
	}()
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		if err := n.propose(ctx, r.URL.Path); err != nil {
			http.Error(w, err.Error(), 503)
		}
	}))
	var all sync.WaitGroup
	for i := 0; i < 5; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			request(address+"/put", 6)
		}()
	}
	all.Wait()
	record()
}
