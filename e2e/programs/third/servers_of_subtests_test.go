package shop

import (
	"fmt"
	"testing"
	"time"
)

type server struct {
	requests chan string
	quit     chan struct{}
}

func newServer(t *testing.T) *server {
	s := &server{make(chan string), make(chan struct{})}
	go s.serve()
	return s
}

func (s *server) serve() {
	for {
		select { // leaks
		case r := <-s.requests:
			_ = r
		case <-s.quit:
			return
		case <-time.After(time.Minute):
		}
	}
}

func TestServer(t *testing.T) {
	for i := 0; i < 6; i++ {
		t.Run(fmt.Sprint("case ", i), func(t *testing.T) {
			s := newServer(t)
			s.requests <- "ping"
		})
	}
	record()
}
