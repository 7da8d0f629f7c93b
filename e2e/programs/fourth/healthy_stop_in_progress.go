package main

import (
	"net/http"
	"time"
)

type indexer struct {
	docs chan string
	done chan struct{}
}

func (i *indexer) work() {
	defer close(i.done)
	for range i.docs {
		time.Sleep(3 * time.Second)
	}
}

func (i *indexer) stop() {
	close(i.docs)
	<-i.done
}

func main() {
	i := &indexer{make(chan string, 4), make(chan struct{})}
	go i.work()
	i.docs <- "one"
	i.docs <- "two"
	address := listen(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { i.stop() }))
	go http.Get("http://" + address + "/stop")
	record()
}
