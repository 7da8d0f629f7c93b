package main

import "time"

type subscriber struct {
	events chan string
	quit   chan struct{}
}

type broker struct {
	subscribe chan *subscriber
}

func (s *subscriber) pump(source <-chan string) {
	for {
		select {
		case e := <-source:
			s.events <- e // leaks
		case <-s.quit:
			return
		}
	}
}

func (s *subscriber) unsubscribe() {
	s.quit <- struct{}{} // leaks
}

func main() {
	source := make(chan string)
	for i := 0; i < 4; i++ {
		s := &subscriber{make(chan string), make(chan struct{})}
		go s.pump(source)
		source <- "event"
		go s.unsubscribe()
	}
	go func() {
		for {
			time.Sleep(time.Hour)
			source <- "later"
		}
	}()
	record()
}
