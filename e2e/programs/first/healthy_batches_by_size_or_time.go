package main

import (
	"net/http"
	"time"
)

type spans struct {
	in    chan string
	flush chan chan int
}

func (s *spans) loop() {
	var batch []string
	tick := time.NewTicker(5 * time.Second)
	for {
		select {
		case span := <-s.in:
			batch = append(batch, span)
			if len(batch) < 100 {
				continue
			}
		case answer := <-s.flush:
			answer <- len(batch)
		case <-tick.C:
		}
		batch = batch[:0]
	}
}

func main() {
	s := &spans{make(chan string, 100), make(chan chan int)}
	go s.loop()
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.in <- r.URL.Path
	}))+"/a", 30)
	record()
}
