package main

import (
	"context"
	"sync"
	"time"
)

type reading struct {
	sensor int
	value  float64
}

func sense(ctx context.Context, id int, every time.Duration) <-chan reading {
	out := make(chan reading)
	go func() {
		defer close(out)
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for value := 0.0; ; value++ {
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return
			}
			select {
			case out <- reading{id, value}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func merge(inputs []<-chan reading) <-chan reading {
	out := make(chan reading)
	var group sync.WaitGroup
	for _, input := range inputs {
		group.Add(1)
		go func(input <-chan reading) {
			defer group.Done()
			for r := range input {
				out <- r
			}
		}(input)
	}
	go func() {
		group.Wait()
		close(out)
	}()
	return out
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	var inputs []<-chan reading
	for id := 0; id < 9; id++ {
		every := time.Duration(id+1) * 2 * time.Millisecond
		if id > 5 {
			every = time.Duration(id) * time.Hour
		}
		inputs = append(inputs, sense(ctx, id, every))
	}
	go func() {
		for range merge(inputs) {
			time.Sleep(12 * time.Millisecond)
		}
	}()
	record()
	cancel()
}
