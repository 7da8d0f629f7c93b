package main

import (
	"net/http"
	"sync"
	"time"
)

type gauge struct {
	mu     sync.Mutex
	value  float64
	closed chan struct{}
}

func (g *gauge) decay() {
	t := time.NewTicker(10 * time.Second)
	defer t.Stop()
	for {
		select { // leaks
		case <-t.C:
			g.mu.Lock()
			g.value /= 2
			g.mu.Unlock()
		case <-g.closed:
			return
		}
	}
}

func observe(w http.ResponseWriter, r *http.Request) {
	g := &gauge{closed: make(chan struct{})}
	go g.decay()
	g.mu.Lock()
	g.value++
	g.mu.Unlock()
}

func main() {
	address := listen(http.HandlerFunc(observe))
	request(address+"/user/1", 70)
	record()
}
