package main

import (
	"sync"
	"time"
)

type lease struct {
	id      int
	expires time.Time
	pinned  bool
}

type lessor struct {
	mu     sync.Mutex
	leases map[int]*lease
}

func (l *lessor) expire(ids []int, now time.Time) {
	for _, id := range ids {
		l.mu.Lock() // leaks
		found, ok := l.leases[id]
		if !ok {
			continue
		}
		if !found.pinned && found.expires.Before(now) {
			delete(l.leases, id)
		}
		l.mu.Unlock()
	}
}

func (l *lessor) renew(id int) {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	if found, ok := l.leases[id]; ok {
		found.expires = time.Now().Add(time.Second)
	}
}

func main() {
	l := &lessor{leases: map[int]*lease{1: {id: 1}, 2: {id: 2}, 4: {id: 4}}}
	go l.expire([]int{1, 3, 4}, time.Now())
	time.Sleep(20 * time.Millisecond)
	for id := 0; id < 3; id++ {
		go l.renew(id)
	}
	record()
}
