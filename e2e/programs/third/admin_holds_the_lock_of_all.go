package main

import (
	"net/http"
	"sync"
)

type flags struct {
	mu      sync.RWMutex
	on      map[string]bool
	confirm chan struct{}
}

func (f *flags) set(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.on[name] = true
	<-f.confirm // leaks
}

func (f *flags) get(name string) bool {
	f.mu.RLock() // leaks
	defer f.mu.RUnlock()
	return f.on[name]
}

func main() {
	f := &flags{on: map[string]bool{}, confirm: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("/admin", func(http.ResponseWriter, *http.Request) { f.set("new") })
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) { f.get("new") })
	mux.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	address := listen(mux)
	request(address+"/admin", 1)
	request(address+"/shop", 30)
	go http.Get("http://" + address + "/healthz")
	record()
}
