package main

import (
	"fmt"
	"sync"
	"time"
)

// barrier lets its parties go on when all have come.
type barrier struct {
	mu         sync.Mutex
	all        *sync.Cond
	parties    int
	arrived    int
	generation int
}

func newBarrier(parties int) *barrier {
	b := &barrier{parties: parties}
	b.all = sync.NewCond(&b.mu)
	return b
}

func (b *barrier) wait() {
	b.mu.Lock()
	defer b.mu.Unlock()
	generation := b.generation
	if b.arrived++; b.arrived == b.parties {
		b.arrived = 0
		b.generation++
		b.all.Broadcast()
		return
	}
	for generation == b.generation {
		b.all.Wait()
	}
}

type aggregation struct {
	step  *barrier
	parts [][]int
}

func (a *aggregation) work(part int) {
	for batch := 0; ; batch++ {
		if part == batch%len(a.parts) {
			time.Sleep(400 * time.Millisecond)
		}
		a.parts[part] = append(a.parts[part], batch)
		a.step.wait()
	}
}

type rounds struct {
	results chan int
	next    sync.WaitGroup
}

func (r *rounds) run() {
	for {
		var round sync.WaitGroup
		for i := 0; i < 5; i++ {
			round.Add(1)
			go func(d int) {
				defer round.Done()
				time.Sleep(time.Duration(d) * 100 * time.Millisecond)
				r.results <- d
			}(i)
		}
		round.Wait()
	}
}

func main() {
	a := &aggregation{newBarrier(10), make([][]int, 10)}
	for i := range a.parts {
		go a.work(i)
	}
	r := &rounds{results: make(chan int)}
	go r.run()
	go func() {
		for d := range r.results {
			fmt.Println(d)
		}
	}()
	time.Sleep(500 * time.Millisecond)
	record()
}
