package main

import (
	"math/rand"
	"time"
)

type conn struct {
	id   int
	lost chan struct{}
}

type reconnecting struct {
	current *conn
	out     chan []byte
}

func (c *reconnecting) loop(on *conn) {
	beat := time.NewTicker(20 * time.Second)
	defer beat.Stop()
	for {
		select { // leaks
		case <-beat.C:
		case <-c.out:
		case <-on.lost:
			return
		}
	}
}

func (c *reconnecting) reconnect() {
	c.current = &conn{rand.Int(), make(chan struct{})}
	go c.loop(c.current)
}

func main() {
	c := &reconnecting{out: make(chan []byte)}
	go func() {
		for i := 0; i < 26; i++ {
			c.reconnect()
			time.Sleep(time.Millisecond)
		}
	}()
	record()
}
