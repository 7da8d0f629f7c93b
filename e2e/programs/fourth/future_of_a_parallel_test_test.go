package shop

import (
	"errors"
	"testing"
)

type future[T any] struct {
	done  chan struct{}
	value T
}

func async[T any](f func() (T, error)) *future[T] {
	r := &future[T]{done: make(chan struct{})}
	go func() {
		v, err := f()
		if err != nil {
			return
		}
		r.value = v
		close(r.done)
	}()
	return r
}

func (f *future[T]) await() T {
	<-f.done // leaks
	return f.value
}

func TestFutures(t *testing.T) {
	for i := 0; i < 3; i++ {
		r := async(func() (int, error) { return 0, errors.New("no") })
		go r.await()
	}
	record()
}
