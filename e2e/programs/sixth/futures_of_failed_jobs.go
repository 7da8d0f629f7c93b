package main

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// future is there when somebody resolves it.
type future[T any] struct {
	done  chan struct{}
	value T
}

func newFuture[T any]() *future[T] { return &future[T]{done: make(chan struct{})} }

func (f *future[T]) resolve(v T) {
	f.value = v
	close(f.done)
}

func (f *future[T]) await() T {
	<-f.done // leaks
	return f.value
}

type query struct {
	key string
	to  *future[string]
}

// loader asks for many keys in one call.
type loader struct {
	mu      sync.Mutex
	pending []query
}

func (l *loader) load(key string) string {
	f := newFuture[string]()
	l.mu.Lock()
	l.pending = append(l.pending, query{key, f})
	l.mu.Unlock()
	return f.await()
}

func fetchAll(batch []query) (map[string]string, error) {
	found := map[string]string{}
	for _, r := range batch {
		if r.key == "/broken" {
			return nil, errors.New("cannot read " + r.key)
		}
		found[r.key] = "value of " + r.key
	}
	return found, nil
}

func (l *loader) flush() error {
	l.mu.Lock()
	batch := l.pending
	l.pending = nil
	l.mu.Unlock()
	found, err := fetchAll(batch)
	if err != nil {
		return err
	}
	for _, r := range batch {
		r.to.resolve(found[r.key])
	}
	return nil
}

func (l *loader) run() {
	for range time.Tick(4 * time.Millisecond) {
		if err := l.flush(); err != nil {
			fmt.Println(err)
		}
	}
}

func main() {
	l := &loader{}
	go l.run()
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var fields sync.WaitGroup
		for i := 0; i < 3; i++ {
			fields.Add(1)
			go func() {
				defer fields.Done()
				l.load(r.URL.Path)
			}()
		}
		fields.Wait() // leaks
	}))
	request(address+"/fine", 5)
	request(address+"/broken", 4)
	request(address+"/fine", 3)
	record()
}
