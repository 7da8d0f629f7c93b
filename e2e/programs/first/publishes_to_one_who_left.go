package main

import (
	"sync"
	"time"
)

type topic struct {
	mu   sync.Mutex
	subs map[int]chan string
}

func (t *topic) subscribe(id int) <-chan string {
	t.mu.Lock() // leaks
	defer t.mu.Unlock()
	c := make(chan string)
	t.subs[id] = c
	return c
}

func (t *topic) publish(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range t.subs {
		c <- text // leaks
	}
}

func reader(t *topic, id, n int) {
	c := t.subscribe(id)
	for i := 0; i < n; i++ {
		<-c
	}
}

func main() {
	t := &topic{subs: map[int]chan string{}}
	go reader(t, 1, 1)
	time.Sleep(2 * time.Millisecond)
	go func() {
		for {
			t.publish("news")
		}
	}()
	time.Sleep(5 * time.Millisecond)
	for i := 2; i < 7; i++ {
		go reader(t, i, 1)
	}
	record()
}
