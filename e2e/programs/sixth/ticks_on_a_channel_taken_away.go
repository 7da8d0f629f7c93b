package main

import (
	"net/http"
	"sync"
)

// source makes updates until it is disabled by a new configuration.
type source struct {
	mu      sync.Mutex
	updates chan string
}

func (s *source) channel() <-chan string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.updates
}

func (s *source) disable(last string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.updates <- last:
	default:
	}
	s.updates = nil
}

func (s *source) publish(u string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.updates != nil {
		select {
		case s.updates <- u:
		default:
		}
	}
}

type mesh struct {
	mu      sync.Mutex
	applied int
}

func (m *mesh) follow(s *source) {
	for {
		<-s.channel() // leaks
		m.mu.Lock()
		m.applied++
		m.mu.Unlock()
	}
}

func (m *mesh) follows(s *source, quit chan struct{}) {
	for {
		select {
		case <-s.channel():
		case <-quit:
			return
		}
	}
}

func main() {
	m := &mesh{}
	var sources []*source
	quit := make(chan struct{})
	for i := 0; i < 5; i++ {
		s := &source{updates: make(chan string, 1)}
		sources = append(sources, s)
		if i < 3 {
			go m.follow(s)
		} else {
			go m.follows(s, quit)
		}
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, s := range sources {
			s.publish(r.URL.Path)
		}
	}))
	request(address, 5)
	for _, s := range sources[:3] {
		s.disable("off")
	}
	record()
}
