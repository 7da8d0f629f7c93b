package main

import (
	"errors"
	"fmt"
)

func checkAll(names []string) error {
	problems := make(chan error)
	for _, name := range names {
		go func(name string) {
			problems <- check(name) // leaks
		}(name)
	}
	for range names {
		if err := <-problems; err != nil {
			return err
		}
	}
	return nil
}

func check(name string) error {
	return errors.New("bad name " + name)
}

func main() {
	for i := 0; i < 40; i++ {
		if err := checkAll([]string{"a", "b", "c"}); err == nil {
			fmt.Println("fine")
		}
	}
	record()
}
