package main

import (
	"net/http"
	"sync"
	"time"
)

// quota recomputes usage by workers that a resync of kinds must hold off.
type quota struct {
	kinds   sync.RWMutex
	mu      sync.Mutex
	more    *sync.Cond
	pending []string
	done    int
}

func (q *quota) take() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.pending) == 0 {
		q.more.Wait() // leaks
	}
	first := q.pending[0]
	q.pending = q.pending[1:]
	return first
}

func (q *quota) step() {
	q.kinds.RLock()
	defer q.kinds.RUnlock()
	q.take()
	q.done++
}

func (q *quota) work() {
	for {
		q.step()
	}
}

func (q *quota) resync() {
	q.kinds.Lock() // leaks
	defer q.kinds.Unlock()
	time.Sleep(time.Millisecond)
}

func (q *quota) add(w http.ResponseWriter, r *http.Request) {
	q.kinds.RLock() // leaks
	defer q.kinds.RUnlock()
	q.mu.Lock()
	q.pending = append(q.pending, r.URL.Path)
	q.mu.Unlock()
	q.more.Signal()
}

func main() {
	q := &quota{}
	q.more = sync.NewCond(&q.mu)
	for i := 0; i < 5; i++ {
		go q.work()
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", q.add)
	address := listen(mux)
	request(address+"/pods", 3)
	go q.resync()
	time.Sleep(5 * time.Millisecond)
	request(address+"/pods", 3)
	record()
}
