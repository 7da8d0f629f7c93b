package main

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

type exit struct {
	epoch int
	err   error
}

// agent keeps one process running; each configuration makes a new agent.
type agent struct {
	config chan string
	status chan exit
	epoch  int
}

func newAgent() *agent { return &agent{config: make(chan string), status: make(chan exit)} }

func (a *agent) run(ctx context.Context) {
	for {
		select {
		case <-a.config:
			a.epoch++
			go a.supervise(ctx, a.epoch)
		case <-a.status:
		case <-ctx.Done():
			return
		}
	}
}

func (a *agent) supervise(ctx context.Context, epoch int) {
	select {
	case <-ctx.Done():
		time.Sleep(2 * time.Millisecond)
		a.status <- exit{epoch, ctx.Err()} // leaks
	case <-time.After(time.Hour):
		a.status <- exit{epoch, errors.New("exited")}
	}
}

type control struct {
	mu      sync.Mutex
	current *agent
	cancel  context.CancelFunc
}

func (c *control) replace() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel()
	}
	var ctx context.Context
	ctx, c.cancel = context.WithCancel(context.Background())
	c.current = newAgent()
	go c.current.run(ctx)
	c.current.config <- "a"
	c.current.config <- "b"
}

func main() {
	c := &control{}
	mux := http.NewServeMux()
	mux.HandleFunc("/reload", func(w http.ResponseWriter, r *http.Request) { c.replace() })
	mux.HandleFunc("/version", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("2")) })
	address := listen(mux)
	request(address+"/reload", 5)
	request(address+"/version", 5)
	record()
}
