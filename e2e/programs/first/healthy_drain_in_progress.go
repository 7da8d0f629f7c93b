package main

import (
	"sync"
	"time"
)

type service struct {
	jobs chan time.Duration
	wg   sync.WaitGroup
}

func (s *service) worker() {
	defer s.wg.Done()
	for d := range s.jobs {
		time.Sleep(d)
	}
}

func (s *service) stop(done chan<- struct{}) {
	close(s.jobs)
	s.wg.Wait()
	close(done)
}

func main() {
	s := &service{jobs: make(chan time.Duration, 10)}
	for i := 0; i < 4; i++ {
		s.wg.Add(1)
		go s.worker()
		s.jobs <- 20 * time.Second
	}
	done := make(chan struct{})
	go s.stop(done)
	recordSoon()
	select {
	case <-done:
	case <-time.After(time.Minute):
	}
}
