package main

import (
	"sync"
	"time"
)

// Holders, continued: locks met on the way back, and callers who stand themselves.

type lease struct {
	mu      sync.Mutex
	expired chan int
}

func (l *lease) renew() {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	<-l.expired // leaks
}

func (l *lease) expire() {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	l.expired <- 1 // leaks
}

func timerMeetsAHeldLock() {
	l := &lease{expired: make(chan int)}
	go l.renew()
	time.AfterFunc(2*time.Millisecond, l.expire)
}

type directory struct {
	mu      sync.RWMutex
	entries []string
}

func (d *directory) each(visit func(string)) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, entry := range d.entries {
		visit(entry)
	}
}

func (d *directory) remove(string) {
	d.mu.Lock() // leaks
	defer d.mu.Unlock()
	d.entries = nil
}

func visitorCallsBack() {
	d := &directory{entries: []string{"a"}}
	go d.each(d.remove)
}

type node struct {
	mu   sync.Mutex
	stop chan struct{}
	done chan struct{}
}

func (n *node) run() {
	defer close(n.done)
	<-n.stop
	n.mu.Lock() // leaks
	n.mu.Unlock()
}

func (n *node) Shutdown() {
	n.mu.Lock()
	defer n.mu.Unlock()
	close(n.stop)
	<-n.done // leaks
}

func shutsDownUnderItsLock() {
	n := &node{stop: make(chan struct{}), done: make(chan struct{})}
	go n.run()
	go n.Shutdown()
}

type index struct {
	mu    sync.RWMutex
	ready chan struct{}
}

func (i *index) search() {
	i.mu.RLock()
	defer i.mu.RUnlock()
	<-i.ready // leaks
}

func (i *index) build() {
	i.mu.Lock() // leaks
	defer i.mu.Unlock()
	close(i.ready)
}

func (i *index) size() int {
	i.mu.RLock() // leaks
	defer i.mu.RUnlock()
	return 0
}

func readerWaitsForAWritersChannel() {
	i := &index{ready: make(chan struct{})}
	go i.search()
	time.Sleep(2 * time.Millisecond)
	go i.build()
	time.Sleep(2 * time.Millisecond)
	go i.size()
}

// Who calls is itself the one that never comes back.
func callerNeverReturns() {
	replies := make(chan int)
	go func() {
		if breaks() != nil {
			return
		}
		replies <- 1
	}()
	<-replies // leaks
}

func mainWaitsForAll() {
	var group sync.WaitGroup
	results := make(chan int)
	for i := 0; i < 3; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			results <- 1 // leaks
		}()
	}
	group.Wait() // leaks
	close(results)
	for range results {
	}
}

func callerLocksTwice() {
	g := &gauge{}
	g.mu.Lock()
	g.reset()
}

func (g *gauge) reset() {
	g.mu.Lock() // leaks
	g.n = 0
	g.mu.Unlock()
}
