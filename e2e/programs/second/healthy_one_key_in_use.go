package main

import (
	"sync"
	"time"
)

type locks struct {
	mu    sync.Mutex
	byKey map[string]*sync.Mutex
}

func (l *locks) of(key string) *sync.Mutex {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byKey[key] == nil {
		l.byKey[key] = new(sync.Mutex)
	}
	return l.byKey[key]
}

func (l *locks) with(key string, f func()) {
	lock := l.of(key)
	lock.Lock()
	defer lock.Unlock()
	f()
}

func main() {
	l := &locks{byKey: map[string]*sync.Mutex{}}
	for i := 0; i < 7; i++ {
		go l.with("customer", func() { time.Sleep(3 * time.Second) })
	}
	record()
}
