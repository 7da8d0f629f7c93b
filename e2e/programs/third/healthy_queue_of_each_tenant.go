package main

import (
	"fmt"
	"net/http"
	"sync"
)

type queue struct {
	items chan string
}

func (q *queue) drain() {
	for item := range q.items {
		_ = item
	}
}

type queues struct {
	mu  sync.Mutex
	all map[string]*queue
}

func (q *queues) of(tenant string) *queue {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.all[tenant] == nil {
		q.all[tenant] = &queue{make(chan string, 8)}
		go q.all[tenant].drain()
	}
	return q.all[tenant]
}

func main() {
	q := &queues{all: map[string]*queue{}}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q.of(r.URL.Path).items <- "item"
	}))
	for i := 0; i < 20; i++ {
		request(fmt.Sprint(address, "/", i%5), 1)
	}
	record()
}
