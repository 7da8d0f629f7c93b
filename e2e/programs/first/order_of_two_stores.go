package main

import (
	"sync"
	"time"
)

type users struct {
	sync.Mutex
	byName map[string]int
}

type sessions struct {
	sync.Mutex
	open map[int]bool
}

func login(u *users, s *sessions) {
	u.Lock()
	defer u.Unlock()
	time.Sleep(10 * time.Millisecond)
	s.Lock() // leaks
	defer s.Unlock()
	s.open[u.byName["a"]] = true
}

func sweep(u *users, s *sessions) {
	s.Lock()
	defer s.Unlock()
	time.Sleep(10 * time.Millisecond)
	u.Lock() // leaks
	defer u.Unlock()
	for id := range s.open {
		delete(s.open, id)
	}
}

func count(s *sessions) int {
	s.Lock() // leaks
	defer s.Unlock()
	return len(s.open)
}

func main() {
	u, s := &users{byName: map[string]int{}}, &sessions{open: map[int]bool{}}
	go login(u, s)
	go sweep(u, s)
	time.Sleep(30 * time.Millisecond)
	go count(s)
	record()
}
