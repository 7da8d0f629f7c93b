package main

import (
	"net/http"
	"time"
)

type result struct{ status int }

func fetchUpstream(url string, to chan<- result) {
	response, err := http.Get(url)
	if err != nil {
		to <- result{502}
		return
	}
	response.Body.Close()
	to <- result{response.StatusCode}
}

func main() {
	upstream := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(3 * time.Second)
	}))
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		done := make(chan result)
		go fetchUpstream("http://"+upstream, done)
		w.WriteHeader((<-done).status)
	}))
	for i := 0; i < 18; i++ {
		go http.Get("http://" + address)
	}
	record()
}
