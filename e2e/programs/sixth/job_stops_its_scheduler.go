package main

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

type job func() error

// scheduler runs each of its jobs now and then until it is stopped.
type scheduler struct {
	jobs    map[string]job
	stop    chan struct{}
	once    sync.Once
	running sync.WaitGroup
}

func (s *scheduler) start(every time.Duration) {
	for name, j := range s.jobs {
		s.running.Add(1)
		go s.loop(name, j, every)
	}
}

func (s *scheduler) loop(name string, j job, every time.Duration) {
	defer s.running.Done()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if err := j(); err != nil {
				fmt.Println(name, err)
				s.shutdown()
			}
		case <-s.stop:
			return
		}
	}
}

// shutdown returns when no job runs any more.
func (s *scheduler) shutdown() {
	s.once.Do(func() { close(s.stop) })
	s.running.Wait() // leaks
}

type tenant struct {
	scheduler
	runs int
}

func (t *tenant) backup() error {
	if t.runs++; t.runs > 2 {
		return errors.New("no space left")
	}
	return nil
}

func main() {
	for i := 0; i < 3; i++ {
		t := &tenant{}
		t.scheduler = scheduler{stop: make(chan struct{}), jobs: map[string]job{
			"backup": t.backup, "report": func() error { return nil }}}
		t.start(5 * time.Millisecond)
	}
	healthy := &scheduler{stop: make(chan struct{}), jobs: map[string]job{"ping": func() error { return nil }}}
	healthy.start(20 * time.Millisecond)
	address := listen(http.NotFoundHandler())
	request(address, 10)
	time.Sleep(50 * time.Millisecond)
	record()
}
