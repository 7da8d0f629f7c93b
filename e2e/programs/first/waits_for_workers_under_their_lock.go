package main

import (
	"sync"
	"time"
)

type table struct {
	mu   sync.Mutex
	rows map[int]string
}

func (t *table) rebuild(n int) {
	var workers sync.WaitGroup
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := 0; i < n; i++ {
		workers.Add(1)
		go func(i int) {
			defer workers.Done()
			time.Sleep(time.Millisecond)
			t.put(i)
		}(i)
	}
	workers.Wait() // leaks
}

func (t *table) put(i int) {
	t.mu.Lock() // leaks
	defer t.mu.Unlock()
	t.rows[i] = "row"
}

func main() {
	recordSoon()
	t := &table{rows: map[int]string{}}
	t.rebuild(6)
}
