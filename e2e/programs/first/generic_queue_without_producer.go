package main

import (
	"errors"
	"sync"
)

type queue[T any] struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []T
}

func (q *queue[T]) pop() T {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.some.Wait() // leaks
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func (q *queue[T]) push(item T) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.mu.Unlock()
	q.some.Signal()
}

func produce(q *queue[string]) error {
	q.push("one")
	return errors.New("connection lost")
}

func main() {
	q := &queue[string]{}
	q.some = sync.NewCond(&q.mu)
	for i := 0; i < 3; i++ {
		go func() {
			for {
				_ = q.pop()
			}
		}()
	}
	go produce(q)
	record()
}
