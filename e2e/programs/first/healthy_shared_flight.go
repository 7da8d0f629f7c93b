package main

import (
	"sync"
	"time"
)

type flight struct {
	wg    sync.WaitGroup
	value int
}

type shared struct {
	mu  sync.Mutex
	now map[string]*flight
}

func (s *shared) load(key string, f func() int) int {
	s.mu.Lock()
	if c := s.now[key]; c != nil {
		s.mu.Unlock()
		c.wg.Wait()
		return c.value
	}
	c := &flight{}
	c.wg.Add(1)
	s.now[key] = c
	s.mu.Unlock()
	c.value = f()
	c.wg.Done()
	s.mu.Lock()
	delete(s.now, key)
	s.mu.Unlock()
	return c.value
}

func main() {
	s := &shared{now: map[string]*flight{}}
	var all sync.WaitGroup
	for i := 0; i < 11; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			s.load("rates", func() int {
				time.Sleep(8 * time.Second)
				return 1
			})
		}()
	}
	recordSoon()
	all.Wait()
}
