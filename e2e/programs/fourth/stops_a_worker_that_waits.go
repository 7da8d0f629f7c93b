package main

import "net/http"

type indexer struct {
	docs chan string
	done chan struct{}
}

func (i *indexer) work() {
	defer close(i.done)
	for doc := range i.docs { // leaks
		_ = doc
	}
}

func (i *indexer) stop() {
	<-i.done // leaks
	close(i.docs)
}

func main() {
	i := &indexer{make(chan string), make(chan struct{})}
	go i.work()
	mux := http.NewServeMux()
	mux.HandleFunc("/stop", func(http.ResponseWriter, *http.Request) { i.stop() })
	request(listen(mux)+"/stop", 1)
	record()
}
