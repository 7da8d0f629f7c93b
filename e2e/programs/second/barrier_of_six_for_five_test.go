package shop

import (
	"errors"
	"sync"
	"testing"
)

type barrier struct {
	mu      sync.Mutex
	missing int
	all     chan struct{}
}

func (b *barrier) arrive() {
	b.mu.Lock()
	b.missing--
	if b.missing == 0 {
		close(b.all)
	}
	b.mu.Unlock()
	<-b.all // leaks
}

func phase(i int) error {
	if i == 3 {
		return errors.New("disk full")
	}
	return nil
}

func TestPhases(t *testing.T) {
	b := &barrier{missing: 6, all: make(chan struct{})}
	for i := 0; i < 6; i++ {
		go func(i int) {
			if phase(i) != nil {
				return
			}
			b.arrive()
		}(i)
	}
	record()
}
