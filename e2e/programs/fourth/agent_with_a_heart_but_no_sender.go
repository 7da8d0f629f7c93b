package main

import (
	"context"
	"time"
)

type agent struct {
	reports chan string
	stop    chan struct{}
}

func (a *agent) heartbeat() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-a.stop:
			return
		}
	}
}

func (a *agent) send(ctx context.Context) {
	for {
		select {
		case r := <-a.reports:
			_ = r
		case <-ctx.Done():
			return
		}
	}
}

func (a *agent) report(text string) {
	a.reports <- text // leaks
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	a := &agent{make(chan string), make(chan struct{})}
	go a.heartbeat()
	go a.send(ctx)
	cancel()
	time.Sleep(2 * time.Millisecond)
	for i := 0; i < 9; i++ {
		go a.report("all is well")
	}
	record()
	close(a.stop)
}
