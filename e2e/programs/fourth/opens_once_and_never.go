package main

import (
	"net/http"
	"sync"
)

type database struct {
	once     sync.Once
	migrated chan struct{}
}

func (d *database) open() {
	d.once.Do(func() { // leaks
		<-d.migrated // leaks
	})
}

func main() {
	d := &database{migrated: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { d.open() })
	hold := make(chan struct{})
	mux.HandleFunc("/events", func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-hold:
		}
	})
	address := listen(mux)
	request(address+"/users", 21)
	for i := 0; i < 2; i++ {
		go http.Get("http://" + address + "/events")
	}
	record()
	close(hold)
}
