package main

import (
	"sync"
	"time"
)

type backup struct{ mu sync.Mutex }

func (b *backup) run() {
	b.mu.Lock()
	defer b.mu.Unlock()
	time.Sleep(time.Second)
}

func main() {
	b := &backup{}
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			go b.run()
		}
	}()
	record()
}
