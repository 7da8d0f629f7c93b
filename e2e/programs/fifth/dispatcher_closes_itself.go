package main

import (
	"errors"
	"sync"
	"time"
)

type message struct {
	folder string
	bad    bool
}

type peer struct {
	inbox      chan message
	closed     chan struct{}
	dispatched chan struct{}
	once       sync.Once
	gone       func(error)
}

func (p *peer) dispatch() {
	defer close(p.dispatched)
	for {
		select {
		case m := <-p.inbox:
			if m.bad {
				p.close(errors.New("bad message"))
				return
			}
		case <-p.closed:
			return
		}
	}
}

func (p *peer) close(err error) {
	p.once.Do(func() { // leaks
		close(p.closed)
		<-p.dispatched // leaks
		p.gone(err)
	})
}

func (p *peer) watchdog(silent time.Duration) {
	select {
	case <-time.After(silent):
		p.close(errors.New("silent"))
	case <-p.dispatched:
	}
}

func main() {
	for i := 0; i < 3; i++ {
		p := &peer{inbox: make(chan message), closed: make(chan struct{}), dispatched: make(chan struct{}), gone: func(error) {}}
		go p.dispatch()
		go p.watchdog(20 * time.Millisecond)
		p.inbox <- message{folder: "a"}
		p.inbox <- message{folder: "a", bad: true}
	}
	record()
}
