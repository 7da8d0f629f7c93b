package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type reply struct {
	key    string
	amount int
}

// bridge turns messages on a bus into calls: a reply finds its caller by the key of the request.
type bridge struct {
	mu      sync.Mutex
	waiting map[string]chan reply
	out     chan reply
}

func (b *bridge) call(key string) reply {
	answer := make(chan reply, 1)
	b.mu.Lock()
	b.waiting[key] = answer
	b.mu.Unlock()
	b.out <- reply{key: key}
	return <-answer // leaks
}

func (b *bridge) replies(in <-chan reply) {
	for r := range in {
		b.mu.Lock()
		answer, found := b.waiting[r.key]
		delete(b.waiting, r.key)
		b.mu.Unlock()
		if !found {
			fmt.Println("late reply", r.key)
			continue
		}
		answer <- r
	}
}

// broker answers each request once it has some.
func broker(requests <-chan reply, replies chan<- reply) {
	var held []reply
	for {
		select {
		case r := <-requests:
			r.amount = len(r.key)
			held = append(held, r)
		case <-time.After(50 * time.Millisecond):
			for _, r := range held {
				replies <- r
			}
			held = nil
		}
	}
}

func main() {
	b := &bridge{waiting: map[string]chan reply{}, out: make(chan reply)}
	replies := make(chan reply)
	go broker(b.out, replies)
	go b.replies(replies)
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, b.call(r.URL.Query().Get("idempotency")).amount)
	}))
	var all sync.WaitGroup
	for i := 0; i < 12; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			request(fmt.Sprint(address, "/pay?idempotency=k", i%5), 1)
		}(i)
	}
	all.Wait()
	request(address+"/pay?idempotency=single", 1)
	time.Sleep(300 * time.Millisecond)
	record()
}
