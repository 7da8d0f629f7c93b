package main

import "sync/atomic"

type fanout struct {
	left int32
	done chan struct{}
}

func (f *fanout) finish() {
	if atomic.AddInt32(&f.left, -1) == 0 {
		close(f.done)
	}
}

func (f *fanout) wait() {
	<-f.done // leaks
}

func main() {
	parts := []string{"a", "b", "c"}
	f := &fanout{int32(len(parts)) + 1, make(chan struct{})}
	for range parts {
		go f.finish()
	}
	go f.wait()
	go f.wait()
	record()
}
