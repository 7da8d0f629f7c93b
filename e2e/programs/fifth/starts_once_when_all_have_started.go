package main

import (
	"sync"
	"time"
)

type site struct {
	init  sync.Once
	ready chan int
	pages int
}

func (s *site) prepare(page int) {
	s.init.Do(func() { // leaks
		for i := 0; i < s.pages; i++ {
			<-s.ready // leaks
		}
	})
}

func (s *site) render(page int) {
	s.prepare(page)
	s.ready <- page
}

func main() {
	s := &site{ready: make(chan int), pages: 4}
	for page := 0; page < s.pages; page++ {
		go s.render(page)
	}
	time.Sleep(5 * time.Millisecond)
	record()
}
