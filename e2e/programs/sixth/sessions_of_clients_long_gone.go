package main

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// session ends what belongs to it when its context ends.
type session struct {
	ctx    context.Context
	end    context.CancelFunc
	locks  []string
	closed bool
}

type lockServer struct {
	mu       sync.Mutex
	base     context.Context
	sessions map[string]*session
	held     map[string]string
}

func (s *lockServer) open(id string) *session {
	ctx, cancel := context.WithCancel(s.base)
	return &session{ctx: ctx, end: cancel}
}

func (s *lockServer) cleanup(id string, of *session) {
	<-of.ctx.Done() // leaks
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range of.locks {
		delete(s.held, l)
	}
}

func (s *lockServer) lock(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	of := s.open(id)
	go s.cleanup(id, of)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[id] = of
	of.locks = append(of.locks, r.URL.Path)
	s.held[r.URL.Path] = id
}

func (s *lockServer) logout(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if of := s.sessions[r.URL.Query().Get("id")]; of != nil {
		of.end()
		delete(s.sessions, r.URL.Query().Get("id"))
	}
}

func (s *lockServer) stats() {
	for range time.Tick(time.Second) {
		s.mu.Lock()
		_ = len(s.sessions)
		s.mu.Unlock()
	}
}

func main() {
	base, stop := context.WithCancel(context.Background())
	defer stop()
	s := &lockServer{base: base, sessions: map[string]*session{}, held: map[string]string{}}
	go s.stats()
	mux := http.NewServeMux()
	mux.HandleFunc("/lock/", s.lock)
	mux.HandleFunc("/logout", s.logout)
	address := listen(mux)
	request(address+"/lock/a?id=1", 15)
	request(address+"/logout?id=1", 1)
	request(address+"/lock/b?id=2", 12)
	request(address+"/logout?id=2", 1)
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(65 * time.Second)
	record()
}
