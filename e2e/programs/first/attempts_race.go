package main

import (
	"errors"
	"time"
)

func fetchOnce(n int) error {
	time.Sleep(time.Duration(n) * time.Millisecond)
	return nil
}

func fetchWithRetries() error {
	result := make(chan error)
	for attempt := 1; attempt <= 5; attempt++ {
		go func(n int) { result <- fetchOnce(n * 10) }(attempt) // leaks
		select {
		case err := <-result:
			return err
		case <-time.After(3 * time.Millisecond):
		}
	}
	return errors.New("gave up")
}

func main() {
	for i := 0; i < 20; i++ {
		fetchWithRetries()
	}
	record()
}
