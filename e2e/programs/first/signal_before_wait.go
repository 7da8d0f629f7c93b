package main

import (
	"sync"
	"time"
)

type gate struct {
	sync.Mutex
	open *sync.Cond
}

func (g *gate) pass() {
	g.Lock()
	g.open.Wait() // leaks
	g.Unlock()
}

func main() {
	g := &gate{}
	g.open = sync.NewCond(g)
	g.open.Signal()
	time.Sleep(time.Millisecond)
	go g.pass()
	record()
}
