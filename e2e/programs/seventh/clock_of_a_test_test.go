package shop

import (
	"context"
	"sync"
	"testing"
	"time"
)

type clock interface {
	After(time.Duration) <-chan time.Time
	Now() time.Time
}

// fakeClock stands still until a test advances it.
type fakeClock struct {
	mu      sync.Mutex
	now     time.Time
	sleeper []sleeper
}

type sleeper struct {
	until time.Time
	wake  chan time.Time
}

func (f *fakeClock) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

func (f *fakeClock) After(d time.Duration) <-chan time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := sleeper{f.now.Add(d), make(chan time.Time, 1)}
	f.sleeper = append(f.sleeper, s)
	return s.wake
}

func (f *fakeClock) advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
	var still []sleeper
	for _, s := range f.sleeper {
		if s.until.After(f.now) {
			still = append(still, s)
			continue
		}
		s.wake <- f.now
	}
	f.sleeper = still
}

// mailer sends an address again what it could not, an hour later.
type mailer struct {
	clock clock
	send  func(to string) error
}

func (m *mailer) deliver(to string) {
	for m.send(to) != nil {
		<-m.clock.After(time.Hour) // leaks
	}
}

func (m *mailer) deliverAll(to ...string) *sync.WaitGroup {
	var all sync.WaitGroup
	for _, address := range to {
		all.Add(1)
		go func(address string) {
			defer all.Done()
			m.deliver(address)
		}(address)
	}
	return &all
}

func TestDeliversInTheEnd(t *testing.T) {
	c := &fakeClock{now: time.Unix(0, 0)}
	var mu sync.Mutex
	tries := map[string]int{}
	m := &mailer{c, func(to string) error {
		mu.Lock()
		defer mu.Unlock()
		if tries[to]++; tries[to] < len(to) {
			return context.DeadlineExceeded
		}
		return nil
	}}
	m.deliverAll("a", "bb", "ccc", "dddd", "eeeee", "ffffff")
	for i := 0; i < 2; i++ {
		time.Sleep(20 * time.Millisecond)
		c.advance(time.Hour)
	}
	time.Sleep(20 * time.Millisecond)
	mu.Lock()
	if tries["bb"] != 2 {
		t.Error(tries)
	}
	mu.Unlock()
	record()
}
