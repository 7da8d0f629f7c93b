package main

import (
	"errors"
	"net/http"
)

type promise struct {
	value chan string
}

func start(f func() (string, error)) *promise {
	p := &promise{make(chan string)}
	go func() {
		value, err := f()
		if err != nil {
			return
		}
		p.value <- value
	}()
	return p
}

func (p *promise) get() string {
	return <-p.value // leaks
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/report", func(w http.ResponseWriter, r *http.Request) {
		p := start(func() (string, error) { return "", errors.New("no data") })
		w.Write([]byte(p.get()))
	})
	request(listen(mux)+"/report", 18)
	record()
}
