package main

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// lease is held by one; who holds it must renew it.
type lease struct {
	mu     sync.Mutex
	holder string
	until  time.Time
}

func (l *lease) renew(who string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.holder != who && time.Now().Before(l.until) {
		return false
	}
	l.holder, l.until = who, time.Now().Add(20*time.Millisecond)
	return true
}

func (l *lease) steal(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holder, l.until = who, time.Now().Add(time.Hour)
}

type callbacks struct {
	started func(context.Context)
	stopped func()
}

type elector struct {
	name string
	on   *lease
	callbacks
}

func (e *elector) run(ctx context.Context) {
	for !e.on.renew(e.name) {
		time.Sleep(10 * time.Millisecond)
	}
	leading, cancel := context.WithCancel(ctx)
	defer cancel()
	defer e.stopped()
	go e.started(leading)
	for e.on.renew(e.name) {
		time.Sleep(5 * time.Millisecond)
	}
}

type controller struct {
	synced  chan string
	workers sync.WaitGroup
}

func (c *controller) work(ctx context.Context) {
	for i := 0; i < 4; i++ {
		c.workers.Add(1)
		go func() {
			defer c.workers.Done()
			for {
				select { // leaks
				case <-c.synced:
				case <-ctx.Done():
					return
				}
			}
		}()
	}
}

func (c *controller) drain() {
	c.workers.Wait() // leaks
}

func main() {
	l := &lease{}
	c := &controller{synced: make(chan string)}
	e := &elector{"node-1", l, callbacks{c.work, c.drain}}
	go e.run(context.Background())
	time.Sleep(30 * time.Millisecond)
	l.steal("node-2")
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
