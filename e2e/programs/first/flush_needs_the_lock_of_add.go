package main

import (
	"sync"
	"time"
)

type batch struct {
	mu    sync.Mutex
	lines []string
	full  chan []string
}

func (b *batch) add(line string) {
	b.mu.Lock() // leaks
	defer b.mu.Unlock()
	b.lines = append(b.lines, line)
	if len(b.lines) >= 2 {
		b.full <- b.lines // leaks
		b.lines = nil
	}
}

func (b *batch) flusher() {
	for lines := range b.full {
		time.Sleep(time.Millisecond)
		b.mu.Lock() // leaks
		b.lines = lines[:0]
		b.mu.Unlock()
	}
}

func main() {
	b := &batch{full: make(chan []string)}
	go b.flusher()
	for w := 0; w < 5; w++ {
		go func() {
			for {
				b.add("line")
			}
		}()
	}
	record()
}
