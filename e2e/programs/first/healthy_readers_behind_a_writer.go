package main

import (
	"net"
	"sync"
	"time"
)

type config struct {
	mu     sync.RWMutex
	values map[string]string
}

func (c *config) reload(from net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	answer := make([]byte, 10)
	from.SetReadDeadline(time.Now().Add(10 * time.Second))
	n, _ := from.Read(answer)
	c.values["all"] = string(answer[:n])
}

func (c *config) get(key string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.values[key]
}

func main() {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		panic(err)
	}
	c := &config{values: map[string]string{}}
	go c.reload(conn)
	time.Sleep(time.Millisecond)
	for i := 0; i < 10; i++ {
		go c.get("all")
	}
	record()
}
