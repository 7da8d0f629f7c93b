package main

import (
	"errors"
	"sync"
	"time"
)

type fileWatcher struct {
	mu     sync.Mutex
	closed bool
	errors chan error
	done   chan struct{}
}

func (w *fileWatcher) readEvents() {
	defer close(w.done)
	for {
		time.Sleep(time.Millisecond)
		w.errors <- errors.New("overflow") // leaks
	}
}

func (w *fileWatcher) close() {
	w.mu.Lock() // leaks
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.closed = true
	<-w.done // leaks
}

func main() {
	w := &fileWatcher{errors: make(chan error), done: make(chan struct{})}
	go w.readEvents()
	go w.close()
	time.Sleep(time.Millisecond)
	go w.close()
	record()
}
