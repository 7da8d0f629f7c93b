package main

import (
	"sync"
	"time"
)

type throttle struct {
	tokens chan struct{}
	stop   chan struct{}
}

func (t *throttle) refill(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			select {
			case t.tokens <- struct{}{}:
			default:
			}
		case <-t.stop:
			return
		}
	}
}

func (t *throttle) wait() { <-t.tokens }

func main() {
	t := &throttle{make(chan struct{}, 1), make(chan struct{})}
	go t.refill(7 * time.Second)
	var all sync.WaitGroup
	for i := 0; i < 15; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			t.wait()
		}()
	}
	recordSoon()
	all.Wait()
	close(t.stop)
}
