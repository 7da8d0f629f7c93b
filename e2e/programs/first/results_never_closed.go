package main

import "sync"

func main() {
	results := make(chan int)
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			results <- i * i
		}(i)
	}
	sum := make(chan int)
	go func() {
		n := 0
		for r := range results { // leaks
			n += r
		}
		sum <- n
	}()
	group.Wait()
	record()
}
