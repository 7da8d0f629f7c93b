package main

import (
	"errors"
	"time"
)

var slots = make(chan struct{}, 3)

func acquire() {
	slots <- struct{}{} // leaks
}

func release() { <-slots }

func convert(path string) error {
	acquire()
	if path == "" {
		return errors.New("no path")
	}
	defer release()
	return nil
}

func main() {
	for i := 0; i < 25; i++ {
		go convert("")
	}
	time.Sleep(5 * time.Millisecond)
	go convert("a")
	record()
}
