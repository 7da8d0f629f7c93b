package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type result[V any] struct {
	value V
	err   error
}

type batch[K comparable, V any] struct {
	keys    []K
	results []result[V]
	done    chan struct{}
}

// loader makes one question of many; each request has one of its own.
type loader[K comparable, V any] struct {
	fetch func([]K) []result[V]
	max   int
	wait  time.Duration
	mu    sync.Mutex
	open  *batch[K, V]
	timer *time.Timer
}

func (l *loader[K, V]) load(key K) func() (V, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		l.open = &batch[K, V]{done: make(chan struct{})}
		if l.timer == nil {
			l.timer = time.AfterFunc(l.wait, l.flush)
		}
	}
	b, position := l.open, len(l.open.keys)
	if b.keys = append(b.keys, key); len(b.keys) == l.max {
		l.timer.Stop()
		l.open = nil
		go l.run(b)
	}
	return func() (V, error) {
		<-b.done // leaks
		return b.results[position].value, b.results[position].err
	}
}

func (l *loader[K, V]) flush() {
	l.mu.Lock()
	b := l.open
	l.open, l.timer = nil, nil
	l.mu.Unlock()
	if b != nil {
		l.run(b)
	}
}

func (l *loader[K, V]) run(b *batch[K, V]) {
	b.results = l.fetch(b.keys)
	close(b.done)
}

type user struct{ name string }

func resolve(w http.ResponseWriter, ids int) {
	users := &loader[int, user]{max: 10, wait: 2 * time.Millisecond, fetch: func(keys []int) []result[user] {
		time.Sleep(3 * time.Millisecond)
		found := make([]result[user], len(keys))
		for i, key := range keys {
			found[i].value.name = fmt.Sprint("user-", key)
		}
		return found
	}}
	var all sync.WaitGroup
	names := make([]string, ids)
	for i := range names {
		i := i
		thunk := users.load(i)
		all.Add(1)
		go func() {
			defer all.Done()
			u, _ := thunk()
			names[i] = u.name
		}()
	}
	all.Wait() // leaks
	fmt.Fprintln(w, names)
}

func main() {
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var ids int
		fmt.Sscan(r.URL.Query().Get("ids"), &ids)
		resolve(w, ids)
	}))
	for _, ids := range []int{3, 10, 13, 8, 25, 10, 12} {
		request(fmt.Sprint(address, "/graphql?ids=", ids), 2)
	}
	record()
}
