package main

import (
	"net/http"
	"sync"
)

type pool[T any] struct {
	jobs chan T
	wg   sync.WaitGroup
}

func start[T any](workers int, do func(T)) *pool[T] {
	p := &pool[T]{jobs: make(chan T)}
	for i := 0; i < workers; i++ {
		go func() {
			for job := range p.jobs { // leaks
				do(job)
				p.wg.Done()
			}
		}()
	}
	return p
}

func (p *pool[T]) submit(job T) {
	p.wg.Add(1)
	p.jobs <- job
}

func main() {
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := start(4, func(n int) {})
		for i := 0; i < 8; i++ {
			p.submit(i)
		}
		p.wg.Wait()
	})), 20)
	record()
}
