package main

import (
	"errors"
	"time"
)

type task struct{ tries int }

type retrier struct{ queue chan task }

func (r *retrier) work() {
	for t := range r.queue {
		if err := r.try(t); err != nil {
			t.tries++
			r.queue <- t // leaks
		}
	}
}

func (r *retrier) try(task) error {
	time.Sleep(time.Millisecond)
	return errors.New("unreachable")
}

func main() {
	r := &retrier{make(chan task, 4)}
	for i := 0; i < 3; i++ {
		go r.work()
	}
	for i := 0; i < 12; i++ {
		go func() {
			r.queue <- task{} // leaks
		}()
	}
	record()
}
