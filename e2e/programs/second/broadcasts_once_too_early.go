package main

import (
	"sync"
	"time"
)

type latch struct {
	mu   sync.Mutex
	cond *sync.Cond
}

func (l *latch) await() {
	l.mu.Lock()
	l.cond.Wait() // leaks
	l.mu.Unlock()
}

func main() {
	l := &latch{}
	l.cond = sync.NewCond(&l.mu)
	var all sync.WaitGroup
	for i := 0; i < 5; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			time.Sleep(time.Duration(i) * 10 * time.Millisecond)
			l.await()
		}(i)
	}
	time.Sleep(25 * time.Millisecond)
	l.cond.Broadcast()
	recordSoon()
	all.Wait() // leaks
}
