package shop

import (
	"fmt"
	"sync"
	"testing"
)

// store tells its listeners of each change, one goroutine for each.
type store struct {
	mu        sync.Mutex
	listeners []*listener
}

type listener struct {
	next chan string
	done chan struct{}
	call func(string)
}

func (l *listener) run() {
	for {
		select { // leaks
		case s := <-l.next:
			l.call(s)
		case <-l.done:
			return
		}
	}
}

func (s *store) listen(call func(string)) (stop func()) {
	l := &listener{make(chan string, 4), make(chan struct{}), call}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners = append(s.listeners, l)
	go l.run()
	return func() { close(l.done) }
}

func (s *store) set(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.listeners {
		l.next <- key
	}
}

func TestListens(t *testing.T) {
	for i := 0; i < 5; i++ {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			s := &store{}
			heard := make(chan string)
			stop := s.listen(func(key string) { heard <- key })
			s.set("a")
			if got := <-heard; got != "a" {
				t.Fatal(got)
			}
			if i == 2 {
				stop()
			}
		})
	}
	record()
}
