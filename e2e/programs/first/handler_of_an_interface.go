package main

import "net/http"

type sink interface{ drain(<-chan []byte) }

type discard struct{ n int }

func (d *discard) drain(in <-chan []byte) {
	for data := range in { // leaks
		d.n += len(data)
	}
}

type tap struct {
	sink
	out chan []byte
}

func (t tap) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	out := make(chan []byte)
	go t.sink.drain(out)
	if r.ContentLength <= 0 {
		http.Error(w, "nothing to tap", http.StatusLengthRequired)
		return
	}
	close(out)
}

func main() {
	request(listen(tap{sink: &discard{}})+"/", 70)
	record()
}
