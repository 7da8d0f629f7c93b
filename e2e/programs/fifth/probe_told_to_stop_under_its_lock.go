package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type probe struct {
	stop     chan struct{}
	interval time.Duration
}

type container struct {
	mu     sync.Mutex
	name   string
	health string
	probe  *probe
}

func (c *container) monitor() {
	ticker := time.NewTicker(c.probe.interval)
	defer ticker.Stop()
	for {
		select {
		case <-c.probe.stop:
			return
		case <-ticker.C:
			c.check()
		}
	}
}

func (c *container) check() {
	c.mu.Lock() // leaks
	defer c.mu.Unlock()
	c.health = "healthy"
}

func (c *container) halt() {
	c.mu.Lock() // leaks
	defer c.mu.Unlock()
	time.Sleep(3 * c.probe.interval)
	c.probe.stop <- struct{}{} // leaks
	c.health = "stopped"
}

type daemon struct {
	mu         sync.Mutex
	containers map[string]*container
}

func (d *daemon) get(name string) *container {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.containers[name]
}

func (d *daemon) start(name string, interval time.Duration) {
	c := &container{name: name, probe: &probe{make(chan struct{}), interval}}
	d.mu.Lock()
	d.containers[name] = c
	d.mu.Unlock()
	go c.monitor()
}

func main() {
	d := &daemon{containers: map[string]*container{}}
	for i := 0; i < 6; i++ {
		interval := 4 * time.Millisecond
		if i > 1 {
			interval = time.Minute
		}
		d.start(fmt.Sprint("c", i), interval)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/stop", func(w http.ResponseWriter, r *http.Request) {
		if c := d.get(r.URL.Query().Get("name")); c != nil {
			c.halt()
		}
	})
	address := listen(mux)
	request(address+"/stop?name=c0", 2)
	request(address+"/stop?name=c1", 1)
	record()
}
