package main

import (
	"fmt"
	"sync"
	"time"
)

type point struct {
	series int
	value  float64
}

// merge puts what many make into one channel, which it closes after the last.
func merge[T any](sources ...<-chan T) <-chan T {
	out := make(chan T)
	var open sync.WaitGroup
	for _, s := range sources {
		open.Add(1)
		go func(s <-chan T) {
			defer open.Done()
			for v := range s {
				out <- v
			}
		}(s)
	}
	go func() {
		open.Wait()
		close(out)
	}()
	return out
}

func scrape(series int) <-chan point {
	points := make(chan point)
	go func() {
		defer close(points)
		for i := 0; i < 50; i++ {
			points <- point{series, float64(i)}
		}
	}()
	return points
}

type store struct {
	mu     sync.Mutex
	blocks [][]point
}

func (s *store) flush(block []point) {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(300 * time.Millisecond)
	s.blocks = append(s.blocks, block)
}

func (s *store) ingest(points <-chan point) {
	var block []point
	for p := range points {
		if block = append(block, p); len(block) == 64 {
			s.flush(block)
			block = nil
		}
	}
	s.flush(block)
	fmt.Println(len(s.blocks))
}

func main() {
	var sources []<-chan point
	for i := 0; i < 40; i++ {
		sources = append(sources, scrape(i))
	}
	s := &store{}
	go s.ingest(merge(sources...))
	time.Sleep(400 * time.Millisecond)
	record()
}
