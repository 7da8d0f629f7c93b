package main

import (
	"sync"
	"time"
)

type scraper struct {
	targets chan string
	wg      sync.WaitGroup
}

func (s *scraper) schedule(every time.Duration) {
	defer close(s.targets)
	for range time.Tick(every) {
		for _, t := range []string{"a", "b", "c"} {
			s.targets <- t
		}
	}
}

func (s *scraper) scrape() {
	defer s.wg.Done()
	for target := range s.targets {
		_ = target
	}
}

func main() {
	s := &scraper{targets: make(chan string)}
	go s.schedule(15 * time.Second)
	s.wg.Add(8)
	for i := 0; i < 8; i++ {
		go s.scrape()
	}
	recordSoon()
	s.wg.Wait()
}
