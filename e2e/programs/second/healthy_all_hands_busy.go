package main

import (
	"sync"
	"time"
)

func main() {
	work := make(chan int)
	var hands sync.WaitGroup
	for i := 0; i < 3; i++ {
		hands.Add(1)
		go func() {
			defer hands.Done()
			for n := range work {
				time.Sleep(time.Duration(n) * time.Second)
			}
		}()
	}
	recordSoon()
	for i := 0; i < 100; i++ {
		work <- 5
	}
	close(work)
	hands.Wait()
}
