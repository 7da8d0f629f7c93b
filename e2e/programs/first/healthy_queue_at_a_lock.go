package main

import (
	"net/http"
	"sync"
	"time"
)

type printer struct {
	mu    sync.Mutex
	pages int
}

func (p *printer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	time.Sleep(5 * time.Second)
	p.pages++
}

func main() {
	address := listen(&printer{})
	for i := 0; i < 14; i++ {
		go http.Post("http://"+address+"/print", "text/plain", nil)
	}
	record()
}
