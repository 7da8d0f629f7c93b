package main

import (
	"net/http"
	"time"
)

type approval struct{ granted chan bool }

func (a *approval) await() {
	select { // leaks
	case <-a.granted:
	case <-time.After(24 * time.Hour):
	}
}

func main() {
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &approval{make(chan bool)}
		go a.await()
		w.WriteHeader(http.StatusAccepted)
	}))+"/approve", 35)
	record()
}
