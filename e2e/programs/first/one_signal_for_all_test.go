package shop

import (
	"sync"
	"testing"
	"time"
)

func TestAllAreWoken(t *testing.T) {
	var mu sync.Mutex
	ready := false
	cond := sync.NewCond(&mu)
	for i := 0; i < 8; i++ {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			for !ready {
				cond.Wait() // leaks
			}
		}()
	}
	time.Sleep(20 * time.Millisecond)
	mu.Lock()
	ready = true
	mu.Unlock()
	cond.Signal()
	record()
}
