package main

import (
	"sync"
	"time"
)

type ledger struct {
	mu      sync.Mutex
	balance int
	changes chan int
}

func (l *ledger) deposit(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.balance += n
	l.changes <- n // leaks
}

func (l *ledger) audit() {
	for {
		l.mu.Lock() // leaks
		_ = l.balance
		l.mu.Unlock()
		<-l.changes
	}
}

func main() {
	l := &ledger{changes: make(chan int)}
	go l.deposit(1)
	time.Sleep(time.Millisecond)
	go l.audit()
	record()
}
