package main

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

type tenant struct {
	name string
	hits int64
}

type tenants struct {
	mu   sync.Mutex
	all  map[string]*tenant
	sunk chan string
}

func (ts *tenants) add(w http.ResponseWriter, r *http.Request) {
	t := &tenant{name: r.URL.Query().Get("name")}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if _, ok := ts.all[t.name]; ok {
		http.Error(w, "exists", http.StatusConflict)
		return
	}
	ts.all[t.name] = t
	go ts.report(t)
}

func (ts *tenants) remove(w http.ResponseWriter, r *http.Request) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	delete(ts.all, r.URL.Query().Get("name"))
}

func (ts *tenants) report(t *tenant) {
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for range ticker.C { // leaks
		ts.sunk <- fmt.Sprint(t.name, " ", atomic.SwapInt64(&t.hits, 0))
	}
}

func (ts *tenants) sink() {
	for range ts.sunk {
	}
}

func main() {
	ts := &tenants{all: map[string]*tenant{}, sunk: make(chan string, 64)}
	go ts.sink()
	mux := http.NewServeMux()
	mux.HandleFunc("/add", ts.add)
	mux.HandleFunc("/remove", ts.remove)
	address := listen(mux)
	for i := 0; i < 24; i++ {
		request(fmt.Sprint(address, "/add?name=t", i), 1)
		if i%12 != 0 {
			request(fmt.Sprint(address, "/remove?name=t", i), 1)
		}
	}
	record()
}
