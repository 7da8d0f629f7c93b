package main

import (
	"net/http"
	"time"
)

func ask(delay time.Duration, to chan<- string) {
	time.Sleep(delay)
	to <- "answer"
}

func hedged(w http.ResponseWriter, r *http.Request) {
	answers := make(chan string, 2)
	go ask(2*time.Second, answers)
	select {
	case a := <-answers:
		w.Write([]byte(a))
		return
	case <-time.After(20 * time.Millisecond):
	}
	go ask(2*time.Second, answers)
	w.Write([]byte(<-answers))
}

func main() {
	address := listen(http.HandlerFunc(hedged))
	for i := 0; i < 9; i++ {
		go http.Get("http://" + address)
	}
	record()
}
