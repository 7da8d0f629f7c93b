package main

import (
	"sync"
	"time"
)

type session struct {
	user   string
	closed chan struct{}
}

type desk struct {
	mu   sync.Mutex
	open map[string]*session
}

func (s *session) refresh() {
	t := time.NewTicker(30 * time.Second)
	defer t.Stop()
	for {
		select { // leaks
		case <-t.C:
			_ = s.user
		case <-s.closed:
			return
		}
	}
}

func (d *desk) login(user string) {
	s := &session{user, make(chan struct{})}
	d.mu.Lock()
	d.open[user] = s
	d.mu.Unlock()
	go s.refresh()
}

func (d *desk) logout(user string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.open, user)
}

func main() {
	profiled()
	d := &desk{open: map[string]*session{}}
	for i := 0; i < 300; i++ {
		d.login("anna")
		d.logout("anna")
	}
	select {}
}
