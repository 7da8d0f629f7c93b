package main

import (
	"errors"
	"fmt"
	"time"
)

// Exchanges, continued: queues, slots and tokens that run out.

type journal struct {
	lines chan string
	flush chan chan error
}

func (j *journal) write() {
	for line := range j.lines {
		if line == "end" {
			return
		}
	}
}

func (j *journal) Flush() error {
	done := make(chan error)
	j.flush <- done // leaks
	return <-done
}

func flushAfterEnd() {
	j := &journal{make(chan string), make(chan chan error)}
	go j.write()
	j.lines <- "end"
	go j.Flush()
}

// Each level of a tree holds a slot while it waits for slots of the levels below.
func treeOutOfSlots() {
	slots := make(chan struct{}, 2)
	go descend(slots, 3, make(chan int, 8))
}

func descend(slots chan struct{}, depth int, up chan<- int) {
	slots <- struct{}{} // leaks
	defer func() { <-slots }()
	if depth == 0 {
		up <- 1
		return
	}
	below := make(chan int)
	for i := 0; i < 2; i++ {
		go descend(slots, depth-1, below)
	}
	up <- <-below + <-below // leaks
}

type partial map[string]int

func reducerGaveUp() {
	parts := make(chan partial)
	for i := 0; i < 3; i++ {
		go mapPart(i, parts)
	}
	go func() {
		if err := reduce(parts); err != nil {
			return
		}
	}()
}

func mapPart(i int, parts chan<- partial) {
	time.Sleep(time.Duration(i) * time.Millisecond)
	parts <- partial{"a": i} // leaks
}

func reduce(parts <-chan partial) error {
	for range parts {
		return errors.New("no room")
	}
	return nil
}

type candidate struct{ elected chan struct{} }

func (c *candidate) campaign() {
	if breaks() != nil {
		return
	}
	close(c.elected)
}

func (c *candidate) Lead() {
	<-c.elected // leaks
}

func electedNobody() {
	c := &candidate{make(chan struct{})}
	go c.campaign()
	go c.Lead()
}

type bucket struct{ tokens chan struct{} }

func (b *bucket) fill(n int) {
	for i := 0; i < n; i++ {
		b.tokens <- struct{}{}
	}
}

func (b *bucket) take() {
	<-b.tokens // leaks
}

func fillerEnded() {
	b := &bucket{make(chan struct{}, 1)}
	go b.fill(2)
	for i := 0; i < 5; i++ {
		go b.take()
	}
}

type limited struct{ slots chan struct{} }

func (l *limited) Go(f func()) {
	l.slots <- struct{}{} // leaks
	go func() {
		defer func() { <-l.slots }()
		f()
	}()
}

// A task of a group of one starts a task of the same group.
func groupWithinAGroup() {
	l := &limited{make(chan struct{}, 1)}
	l.Go(func() {
		l.Go(func() {})
	})
}

type link struct {
	queue chan string
	dead  bool
}

func (l *link) reconnect(attempt int) {
	l.queue <- fmt.Sprint("hello ", attempt) // leaks
}

// Each attempt to connect greets through a queue whose sender ended with the first connection.
func reconnectsIntoAFullQueue() {
	l := &link{queue: make(chan string, 1)}
	for i := 0; i < 3; i++ {
		go l.reconnect(i)
	}
}

var lateReader = func() {
	letters := make(chan string)
	go func() {
		<-letters // leaks
	}()
}
