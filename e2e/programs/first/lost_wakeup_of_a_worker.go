package main

import (
	"sync/atomic"
	"time"
)

type sleeper struct {
	wake     chan struct{}
	sleeping int32
	done     chan struct{}
}

func (s *sleeper) run() {
	time.Sleep(5 * time.Millisecond)
	atomic.StoreInt32(&s.sleeping, 1)
	<-s.wake // leaks
	close(s.done)
}

func (s *sleeper) poke() {
	if atomic.LoadInt32(&s.sleeping) == 1 {
		s.wake <- struct{}{}
	}
}

func main() {
	s := &sleeper{wake: make(chan struct{}), done: make(chan struct{})}
	go s.run()
	s.poke()
	record()
}
