package main

import (
	"errors"
	"net/http"
)

type resizer struct {
	work chan chan string
}

func (r *resizer) loop() {
	for answer := range r.work {
		answer <- "small"
	}
}

var errBusy = errors.New("busy")

func (r *resizer) resize() (string, error) {
	answer := make(chan string, 1)
	select {
	case r.work <- answer:
		return <-answer, nil
	default:
		return "", errBusy
	}
}

func main() {
	profiled()
	r := &resizer{make(chan chan string)}
	for i := 0; i < 6; i++ {
		go r.loop()
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if _, err := r.resize(); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	request(address, 4)
	select {}
}
