package main

import (
	"net/http"
	"time"
)

type quote struct{ cents int }

func ask(supplier string) quote {
	time.Sleep(20 * time.Millisecond)
	return quote{len(supplier)}
}

func handle(w http.ResponseWriter, r *http.Request) {
	answer := make(chan quote)
	go func() {
		answer <- ask("north") // leaks
	}()
	select {
	case q := <-answer:
		_ = q
	case <-time.After(time.Millisecond):
		http.Error(w, "too late", http.StatusGatewayTimeout)
	}
}

func main() {
	request(listen(http.HandlerFunc(handle))+"/quote", 150)
	record()
}
