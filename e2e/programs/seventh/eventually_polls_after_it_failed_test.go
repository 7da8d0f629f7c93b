package shop

import (
	"sync"
	"testing"
	"time"
)

// eventually asks until the answer is yes, or until it took too long.
func eventually(t *testing.T, condition func() bool, within, every time.Duration) bool {
	t.Helper()
	answer := make(chan bool)
	timer := time.NewTimer(within)
	defer timer.Stop()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for tick := ticker.C; ; {
		select {
		case <-timer.C:
			t.Log("condition was never met")
			return false
		case <-tick:
			tick = nil
			go func() { answer <- condition() }() // leaks
		case yes := <-answer:
			if yes {
				return true
			}
			tick = ticker.C
		}
	}
}

type basket struct {
	mu    sync.Mutex
	items []string
}

func (b *basket) add(item string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.items = append(b.items, item)
}

func (b *basket) count() int {
	time.Sleep(12 * time.Millisecond)
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.items)
}

func TestBasketFills(t *testing.T) {
	for _, test := range []struct {
		name   string
		items  int
		within time.Duration
	}{{"none", 0, 200 * time.Millisecond}, {"one", 1, 10 * time.Millisecond}, {"two", 2, 9 * time.Millisecond}, {"three", 3, 8 * time.Millisecond}} {
		t.Run(test.name, func(t *testing.T) {
			b := &basket{}
			for i := 0; i < test.items; i++ {
				go b.add("tea")
			}
			eventually(t, func() bool { return b.count() == test.items }, test.within, 4*time.Millisecond)
		})
	}
	record()
}
