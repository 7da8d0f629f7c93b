package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// lessor stands for the server that grants leases.
type lessor struct {
	mu     sync.Mutex
	leases map[int]time.Time
	last   int
}

var errNoLease = errors.New("requested lease not found")

func (l *lessor) grant() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	l.leases[l.last] = time.Now()
	return l.last
}

func (l *lessor) keepAlive(id int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.leases[id]; !ok {
		return errNoLease
	}
	l.leases[id] = time.Now()
	return nil
}

func (l *lessor) revoke(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.leases, id)
}

// session keeps a lease alive; done tells those that hold something by it.
type session struct {
	id     int
	lessor *lessor
	cancel context.CancelFunc
	donec  chan struct{}
}

func newSession(ctx context.Context, l *lessor) *session {
	ctx, cancel := context.WithCancel(ctx)
	s := &session{l.grant(), l, cancel, make(chan struct{})}
	go s.keep(ctx)
	return s
}

func (s *session) keep(ctx context.Context) {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			close(s.donec)
			return
		case <-ticker.C:
			if err := s.lessor.keepAlive(s.id); err != nil {
				fmt.Println("session", s.id, err)
				return
			}
		}
	}
}

func (s *session) done() <-chan struct{} { return s.donec }

// registry announces endpoints for as long as their session lives.
type registry struct {
	mu        sync.Mutex
	endpoints map[string]int
}

func (r *registry) announce(name string, s *session) {
	r.mu.Lock()
	r.endpoints[name] = s.id
	r.mu.Unlock()
	go func() {
		<-s.done() // leaks
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.endpoints, name)
	}()
}

func main() {
	l := &lessor{leases: map[int]time.Time{}}
	r := &registry{endpoints: map[string]int{}}
	for i := 0; i < 3; i++ {
		s := newSession(context.Background(), l)
		for j := 0; j < 4; j++ {
			r.announce(fmt.Sprint("shard-", i, "-", j), s)
		}
		if i == 1 {
			s.cancel()
		} else {
			l.revoke(s.id)
		}
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		fmt.Fprintln(w, r.endpoints)
	}))
	time.Sleep(100 * time.Millisecond)
	request(address+"/endpoints", 2)
	record()
}
