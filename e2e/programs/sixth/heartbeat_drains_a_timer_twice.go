package main

import (
	"fmt"
	"sync"
	"time"
)

// heartbeat calls a member lost that was not heard of for a while.
type heartbeat struct {
	member string
	timer  *time.Timer
	heard  chan struct{}
	lost   chan<- string
}

func (h *heartbeat) reset(d time.Duration) {
	if !h.timer.Stop() {
		<-h.timer.C // leaks
	}
	h.timer.Reset(d)
}

func (h *heartbeat) run(d time.Duration) {
	down := false
	for {
		select {
		case <-h.heard:
			if down {
				fmt.Println(h.member, "is back")
				down = false
			}
			h.reset(d)
		case <-h.timer.C:
			down = true
			h.lost <- h.member
		}
	}
}

type members struct {
	mu   sync.Mutex
	all  map[string]*heartbeat
	lost chan string
}

func (m *members) add(name string, d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := &heartbeat{name, time.NewTimer(d), make(chan struct{}, 1), m.lost}
	m.all[name] = h
	go h.run(d)
}

func (m *members) ping(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	select {
	case m.all[name].heard <- struct{}{}:
	default:
	}
}

func (m *members) tell() {
	for name := range m.lost {
		fmt.Println(name, "is lost")
	}
}

func main() {
	m := &members{all: map[string]*heartbeat{}, lost: make(chan string)}
	go m.tell()
	m.add("far", 10*time.Millisecond)
	for i := 0; i < 20; i++ {
		m.add(fmt.Sprint("near", i), time.Minute)
	}
	time.Sleep(30 * time.Millisecond)
	for round := 0; round < 3; round++ {
		for i := 0; i < 20; i++ {
			m.ping(fmt.Sprint("near", i))
		}
		m.ping("far")
		time.Sleep(10 * time.Millisecond)
	}
	record()
}
