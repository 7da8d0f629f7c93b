package main

import (
	"context"
	"sync"
	"time"
)

func source(ctx context.Context, n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func merge(ins ...<-chan int) <-chan int {
	out := make(chan int)
	var all sync.WaitGroup
	for _, in := range ins {
		all.Add(1)
		go func(in <-chan int) {
			defer all.Done()
			for n := range in {
				out <- n // leaks
			}
		}(in)
	}
	go func() {
		all.Wait() // leaks
		close(out)
	}()
	return out
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	merged := merge(source(ctx, 9), source(ctx, 9), source(ctx, 9))
	time.Sleep(time.Millisecond)
	<-merged
	cancel()
	record()
}
