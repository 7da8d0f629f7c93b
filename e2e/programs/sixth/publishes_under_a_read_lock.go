package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type subscriber struct {
	id    int
	inbox chan string
	limit int
}

// topic hands each message to all who subscribed.
type topic struct {
	sync.RWMutex
	subscribers map[int]*subscriber
}

func (t *topic) subscribe(s *subscriber) {
	t.Lock() // leaks
	defer t.Unlock()
	t.subscribers[s.id] = s
}

func (t *topic) unsubscribe(s *subscriber) {
	t.Lock() // leaks
	defer t.Unlock()
	delete(t.subscribers, s.id)
}

func (t *topic) publish(message string) {
	t.RLock() // leaks
	defer t.RUnlock()
	for _, s := range t.subscribers {
		s.inbox <- message // leaks
	}
}

func (s *subscriber) follow(t *topic) {
	for i := 0; i < s.limit; i++ {
		<-s.inbox // leaks
		time.Sleep(time.Millisecond)
	}
	s.flush()
	t.unsubscribe(s)
}

// flush writes what was heard to disk.
func (s *subscriber) flush() {
	time.Sleep(60 * time.Millisecond)
}

func main() {
	t := &topic{subscribers: map[int]*subscriber{}}
	for i := 0; i < 6; i++ {
		s := &subscriber{id: i, inbox: make(chan string), limit: 1000}
		if i == 3 {
			s.limit = 4
		}
		t.subscribe(s)
		go s.follow(t)
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.publish(fmt.Sprint(r.URL.Path))
	}))
	var all sync.WaitGroup
	for i := 0; i < 3; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			request(address+"/news", 5)
		}()
	}
	all.Wait()
	go t.subscribe(&subscriber{id: 9, inbox: make(chan string)})
	record()
}
