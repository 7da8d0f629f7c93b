package main

import (
	"net/http"
	"sync"
	"time"
)

type database struct{ once sync.Once }

func (d *database) open() {
	d.once.Do(func() { time.Sleep(4 * time.Second) })
}

func main() {
	d := &database{}
	address := listen(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { d.open() }))
	for i := 0; i < 10; i++ {
		go http.Get("http://" + address)
	}
	record()
}
