package main

import (
	"errors"
	"time"
)

type waiter func(done <-chan struct{}) <-chan struct{}

func every(interval time.Duration) waiter {
	return func(done <-chan struct{}) <-chan struct{} {
		out := make(chan struct{})
		go func() {
			defer close(out)
			ticker := time.NewTicker(interval)
			defer ticker.Stop()
			for {
				select {
				case <-ticker.C:
					out <- struct{}{} // leaks
				case <-done:
					return
				}
			}
		}()
		return out
	}
}

func until(wait waiter, condition func() (bool, error)) error {
	done := make(chan struct{})
	for range wait(done) {
		ok, err := condition()
		if err != nil {
			return err
		}
		if ok {
			close(done)
			return nil
		}
	}
	return errors.New("timed out")
}

func main() {
	for job := 0; job < 6; job++ {
		tries := 0
		until(every(2*time.Millisecond), func() (bool, error) {
			tries++
			if job%3 == 2 {
				return tries > 2, nil
			}
			return false, errors.New("gone")
		})
	}
	record()
}
