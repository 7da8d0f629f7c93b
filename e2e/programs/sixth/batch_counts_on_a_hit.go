package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// thumbs makes small pictures, many at once, and knows those it made.
type thumbs struct {
	mu   sync.Mutex
	made map[string]bool
	work chan task
}

type task struct {
	name string
	done *sync.WaitGroup
}

func (t *thumbs) known(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.made[name]
}

func (t *thumbs) worker() {
	for next := range t.work {
		if t.known(next.name) {
			continue
		}
		time.Sleep(time.Millisecond)
		t.mu.Lock()
		t.made[next.name] = true
		t.mu.Unlock()
		next.done.Done()
	}
}

func (t *thumbs) album(w http.ResponseWriter, r *http.Request) {
	names := strings.Split(r.URL.Query().Get("names"), ",")
	var done sync.WaitGroup
	done.Add(len(names))
	for _, name := range names {
		t.work <- task{name, &done}
	}
	done.Wait() // leaks
	fmt.Fprintln(w, len(names))
}

func main() {
	t := &thumbs{made: map[string]bool{}, work: make(chan task)}
	for i := 0; i < 6; i++ {
		go t.worker()
	}
	address := listen(http.HandlerFunc(t.album))
	request(address+"/?names=a,b,c,d", 1)
	request(address+"/?names=e,f", 1)
	request(address+"/?names=g,a", 2)
	request(address+"/?names=h,i", 1)
	request(address+"/?names=j,h", 1)
	record()
}
