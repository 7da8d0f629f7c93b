package main

import (
	"fmt"
	"sync"
	"time"
)

// buffer holds a few jobs; one condition tells both of room and of work.
type buffer struct {
	sync.Mutex
	changed *sync.Cond
	jobs    []string
	room    int
}

func newBuffer(room int) *buffer {
	b := &buffer{room: room}
	b.changed = sync.NewCond(b)
	return b
}

func (b *buffer) put(job string) {
	b.Lock()
	defer b.Unlock()
	for len(b.jobs) == b.room {
		b.changed.Wait() // leaks
	}
	b.jobs = append(b.jobs, job)
	if len(b.jobs) == 1 {
		b.changed.Signal()
	}
}

func (b *buffer) take() string {
	b.Lock()
	defer b.Unlock()
	for len(b.jobs) == 0 {
		b.changed.Wait() // leaks
	}
	job := b.jobs[0]
	b.jobs = b.jobs[1:]
	return job
}

type indexer struct {
	in      *buffer
	mu      sync.Mutex
	indexed int
}

func (x *indexer) run() {
	for {
		x.in.take()
		x.mu.Lock()
		x.indexed++
		x.mu.Unlock()
	}
}

func crawl(site int, into *buffer) {
	for page := 0; page < 40; page++ {
		into.put(fmt.Sprint("site", site, "/", page))
	}
}

func main() {
	x := &indexer{in: newBuffer(3)}
	for i := 0; i < 5; i++ {
		go crawl(i, x.in)
	}
	time.Sleep(20 * time.Millisecond)
	for i := 0; i < 2; i++ {
		go x.run()
	}
	for i := 0; i < 10; i++ {
		time.Sleep(10 * time.Millisecond)
		x.mu.Lock()
		fmt.Println(x.indexed)
		x.mu.Unlock()
	}
	record()
}
