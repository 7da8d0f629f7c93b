package main

import (
	"errors"
	"time"
)

func mapAll(items []int, f func(int) (int, error)) ([]int, error) {
	type result struct {
		n   int
		err error
	}
	slots, results := make(chan struct{}, 3), make(chan result)
	go func() {
		for _, item := range items {
			slots <- struct{}{} // leaks
			go func(item int) {
				defer func() { <-slots }()
				n, err := f(item)
				results <- result{n, err} // leaks
			}(item)
		}
	}()
	var all []int
	for range items {
		r := <-results
		if r.err != nil {
			return nil, r.err
		}
		all = append(all, r.n)
	}
	return all, nil
}

func main() {
	go func() {
		for range time.Tick(time.Minute) {
		}
	}()
	for i := 0; i < 6; i++ {
		mapAll(make([]int, 20), func(n int) (int, error) { return 0, errors.New("odd") })
	}
	record()
}
