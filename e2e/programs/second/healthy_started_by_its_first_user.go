package main

import (
	"net/http"
	"sync"
)

type auditLog struct {
	start sync.Once
	lines chan string
}

func (a *auditLog) add(line string) {
	a.start.Do(func() {
		a.lines = make(chan string, 64)
		go a.write()
	})
	a.lines <- line
}

func (a *auditLog) write() {
	for line := range a.lines {
		_ = line
	}
}

func main() {
	a := &auditLog{}
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.add(r.URL.Path)
	}))+"/a", 25)
	record()
}
