package main

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// settings wakes who waits for a change by closing a channel.
type settings struct {
	mu      sync.Mutex
	version int
	changed chan struct{}
}

func (s *settings) current() (int, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.version, s.changed
}

func (s *settings) set() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *settings) poll(w http.ResponseWriter, r *http.Request) {
	version, changed := s.current()
	select {
	case <-changed:
		version, _ = s.current()
	case <-time.After(55 * time.Second):
	case <-r.Context().Done():
		return
	}
	fmt.Fprintln(w, version)
}

func follow(url string) {
	for {
		response, err := http.Get(url)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
}

func main() {
	s := &settings{changed: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("/poll", s.poll)
	address := listen(mux)
	for i := 0; i < 10; i++ {
		go follow("http://" + address + "/poll")
	}
	for i := 0; i < 3; i++ {
		time.Sleep(20 * time.Millisecond)
		s.set()
	}
	profiled()
	time.Sleep(time.Minute)
}
