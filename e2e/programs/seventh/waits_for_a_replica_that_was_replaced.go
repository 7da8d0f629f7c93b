package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// replica follows a primary; who reads waits until it has caught up.
type replica struct {
	name    string
	applied atomic.Int64
}

func (r *replica) waitFor(position int64) {
	for r.applied.Load() < position {
		time.Sleep(20 * time.Millisecond) // leaks
	}
}

func (r *replica) follow(ctx context.Context, primary *atomic.Int64) {
	for ctx.Err() == nil {
		r.applied.Store(primary.Load())
		time.Sleep(5 * time.Millisecond)
	}
}

type cluster struct {
	mu      sync.Mutex
	primary atomic.Int64
	current *replica
	stop    context.CancelFunc
}

func (c *cluster) replace(name string) {
	ctx, cancel := context.WithCancel(context.Background())
	r := &replica{name: name}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		c.stop()
	}
	c.current, c.stop = r, cancel
	go r.follow(ctx, &c.primary)
}

func (c *cluster) read(after int64) (string, error) {
	c.mu.Lock()
	r := c.current
	c.mu.Unlock()
	if r == nil {
		return "", errors.New("no replica")
	}
	r.waitFor(after)
	return r.name, nil
}

func main() {
	c := &cluster{}
	c.replace("a")
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete || r.URL.Path == "/replace" {
			c.replace(fmt.Sprint("b", time.Now().Unix()))
			return
		}
		name, err := c.read(c.primary.Load() + 2)
		if err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, name)
	}))
	request(address+"/read", 9)
	request(address+"/replace", 1)
	c.primary.Add(5)
	time.Sleep(1500 * time.Millisecond)
	record()
}
