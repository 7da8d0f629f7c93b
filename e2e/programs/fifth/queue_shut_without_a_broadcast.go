package main

import (
	"sync"
	"time"
)

type fifo struct {
	mu     sync.Mutex
	more   *sync.Cond
	items  []string
	closed bool
}

func newFifo() *fifo {
	f := &fifo{}
	f.more = sync.NewCond(&f.mu)
	return f
}

func (f *fifo) pop() (string, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.items) == 0 {
		if f.closed {
			return "", false
		}
		f.more.Wait() // leaks
	}
	item := f.items[0]
	f.items = f.items[1:]
	return item, true
}

func (f *fifo) add(item string) {
	f.mu.Lock()
	f.items = append(f.items, item)
	f.mu.Unlock()
	f.more.Signal()
}

func (f *fifo) shutDown() {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
}

func drain(f *fifo) {
	for {
		if _, ok := f.pop(); !ok {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func main() {
	for controller := 0; controller < 4; controller++ {
		f := newFifo()
		for i := 0; i < 2; i++ {
			go drain(f)
		}
		f.add("pod")
		f.add("node")
		time.Sleep(10 * time.Millisecond)
		f.shutDown()
	}
	record()
}
