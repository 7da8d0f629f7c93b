package main

import (
	"net/http"
	"time"
)

type indexer struct {
	done chan struct{}
}

func (i *indexer) run() {
	time.Sleep(10 * time.Millisecond)
	i.done <- struct{}{} // leaks
}

func main() {
	i := &indexer{make(chan struct{})}
	go i.run()
	request(listen(http.NotFoundHandler())+"/", 2)
	select {
	case <-i.done:
	case <-time.After(time.Millisecond):
	}
	record()
}
