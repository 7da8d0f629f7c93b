package main

import "sync"

type account struct {
	mu    sync.Mutex
	cents int
}

func (a *account) add(n int) {
	a.mu.Lock() // leaks
	defer a.mu.Unlock()
	a.cents += n
}

func (a *account) snapshot() *account {
	a.mu.Lock()
	defer a.mu.Unlock()
	copied := new(account)
	*copied = *a
	return copied
}

func main() {
	a := &account{}
	b := a.snapshot()
	go b.add(1)
	record()
}
