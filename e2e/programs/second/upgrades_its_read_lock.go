package main

import "sync"

type memo struct {
	sync.RWMutex
	known map[int]int
}

func (m *memo) fib(n int) int {
	m.RLock() // leaks
	defer m.RUnlock()
	if v, ok := m.known[n]; ok {
		return v
	}
	m.Lock() // leaks
	defer m.Unlock()
	m.known[n] = n
	return n
}

func main() {
	m := &memo{known: map[int]int{}}
	for n := 0; n < 4; n++ {
		go m.fib(n)
	}
	record()
}
