package main

import (
	"sync"
	"time"
)

type backup struct {
	mu       sync.Mutex
	uploaded chan error
}

func (b *backup) run() {
	b.mu.Lock() // leaks
	defer b.mu.Unlock()
	<-b.uploaded // leaks
}

func main() {
	b := &backup{uploaded: make(chan error)}
	go func() {
		for range time.Tick(5 * time.Millisecond) {
			go b.run()
		}
	}()
	record()
}
