package main

import (
	"sync"
	"time"
)

func mapper(part int, out chan<- int, all *sync.WaitGroup) {
	defer all.Done()
	time.Sleep(time.Duration(part) * time.Second)
	out <- part
}

func reduce(in <-chan int) int {
	sum := 0
	for n := range in {
		sum += n
	}
	return sum
}

func main() {
	out := make(chan int)
	var all sync.WaitGroup
	for part := 2; part < 8; part++ {
		all.Add(1)
		go mapper(part, out, &all)
	}
	go func() {
		all.Wait()
		close(out)
	}()
	recordSoon()
	reduce(out)
}
