package main

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// exporter registers itself and then has nothing to do but to be there.
type exporter struct {
	registry *sync.Map
	id       int64
	jobs     func(int64) bool
}

func (e *exporter) serve() {
	e.registry.Store(e.id, e)
	defer e.registry.Delete(e.id)
	select {} // leaks
}

// follow waits till the job of this configuration is done; it was deleted with it.
func (e *exporter) follow() {
	for {
		if e.jobs(e.id) {
			return
		}
		<-time.After(8 * time.Millisecond) // leaks
	}
}

type service struct {
	registry sync.Map
	configs  int64
	queue    chan int64
}

func (s *service) apply(w http.ResponseWriter, r *http.Request) {
	e := &exporter{registry: &s.registry, id: atomic.AddInt64(&s.configs, 1), jobs: func(int64) bool { return false }}
	go e.serve()
	go e.follow()
	s.queue <- e.id
}

// gather is busy with the newest configuration.
func (s *service) gather() {
	idle := time.NewTimer(time.Second)
	for {
		select {
		case <-s.queue:
			time.Sleep(time.Millisecond)
		case <-idle.C:
			idle.Reset(time.Second)
		}
	}
}

func main() {
	s := &service{queue: make(chan int64, 4)}
	go s.gather()
	mux := http.NewServeMux()
	mux.HandleFunc("/apply", s.apply)
	request(listen(mux)+"/apply", 9)
	record()
}
