package main

import (
	"sync"
	"time"
)

type lease struct {
	mu      sync.Mutex
	timer   *time.Timer
	expired chan struct{}
	stopped chan struct{}
}

func (l *lease) expire() {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	close(l.expired)
}

func (l *lease) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.timer.Stop() {
		<-l.expired // leaks
	}
	close(l.stopped)
}

func main() {
	l := &lease{expired: make(chan struct{}), stopped: make(chan struct{})}
	l.mu.Lock()
	l.timer = time.AfterFunc(20*time.Millisecond, l.expire)
	go l.release()
	time.Sleep(60 * time.Millisecond)
	l.mu.Unlock()
	go func() {
		<-l.stopped // leaks
	}()
	record()
}
