package main

import "time"

type row struct{ id int }

func load(out chan<- row) {
	defer close(out)
	for i := 0; i < 1e6; i++ {
		out <- row{i}
	}
}

func enrich(in <-chan row, out chan<- row) {
	defer close(out)
	for r := range in {
		r.id *= 2
		out <- r
	}
}

func store(in <-chan row, done chan<- int) {
	n := 0
	for range in {
		time.Sleep(3 * time.Second)
		n++
	}
	done <- n
}

func main() {
	raw, rich, done := make(chan row), make(chan row), make(chan int)
	go load(raw)
	go enrich(raw, rich)
	go store(rich, done)
	recordSoon()
	<-done
}
