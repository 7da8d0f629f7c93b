package main

import (
	"sync"
	"time"
)

type emitter struct {
	mu       sync.Mutex
	handlers []func()
	stopped  bool
}

func (e *emitter) emit() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, h := range e.handlers {
		h()
	}
}

func (e *emitter) stop() {
	e.mu.Lock() // leaks
	defer e.mu.Unlock()
	e.stopped = true
}

func main() {
	e := &emitter{}
	finished := make(chan bool)
	e.handlers = append(e.handlers, func() {
		<-finished // leaks
	})
	go e.emit()
	time.Sleep(time.Millisecond)
	go func() {
		defer close(finished)
		e.stop()
	}()
	record()
}
