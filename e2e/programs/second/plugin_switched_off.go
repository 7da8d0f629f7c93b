package main

import (
	"net/http"
	"sync"
)

type plugin struct {
	enabled bool
	loaded  sync.WaitGroup
}

func (p *plugin) load() {
	if !p.enabled {
		return
	}
	defer p.loaded.Done()
}

func (p *plugin) call() string {
	p.loaded.Wait() // leaks
	return "done"
}

func main() {
	p := &plugin{}
	p.loaded.Add(1)
	go p.load()
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(p.call()))
	})), 14)
	record()
}
