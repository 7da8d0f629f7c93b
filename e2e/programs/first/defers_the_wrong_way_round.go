package main

import "sync"

func resize(pictures []string) int {
	work := make(chan string)
	var workers sync.WaitGroup
	defer close(work)
	defer workers.Wait()
	for i := 0; i < 4; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for picture := range work { // leaks
				_ = picture
			}
		}()
	}
	for _, p := range pictures {
		work <- p
	}
	return len(pictures) // leaks
}

func main() {
	recordSoon()
	resize([]string{"a", "b"})
}
