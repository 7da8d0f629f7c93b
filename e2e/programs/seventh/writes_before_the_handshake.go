package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// client is one side of an upgraded connection.
type client struct {
	conn net.Conn
	rw   *bufio.ReadWriter
	send chan string
}

func (c *client) write() {
	for line := range c.send { // leaks
		c.rw.WriteString(line + "\n")
		c.rw.Flush()
	}
	c.conn.Close()
}

func (c *client) read(h *hub) {
	defer h.leave(c)
	for {
		line, err := c.rw.ReadString('\n')
		if err != nil {
			return
		}
		h.tell(line)
	}
}

type hub struct {
	mu      sync.Mutex
	clients map[*client]bool
}

func (h *hub) leave(c *client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.clients[c] {
		delete(h.clients, c)
		close(c.send)
	}
}

func (h *hub) tell(line string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		select {
		case c.send <- line:
		default:
		}
	}
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	c := &client{conn, rw, make(chan string, 8)}
	go c.write()
	c.send <- "HTTP/1.1 101 Switching Protocols\r\n\r"
	hello, err := rw.ReadString('\n')
	if err != nil || hello != "v2\n" {
		conn.Close()
		return
	}
	h.mu.Lock()
	h.clients[c] = true
	h.mu.Unlock()
	c.read(h)
}

func visit(address, hello string) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\n\r\n")
	in := bufio.NewReader(conn)
	in.ReadString('\n')
	fmt.Fprintf(conn, "%s\n", hello)
	time.Sleep(10 * time.Millisecond)
}

func main() {
	h := &hub{clients: map[*client]bool{}}
	address := listen(h)
	go func() {
		for range time.Tick(20 * time.Millisecond) {
			h.tell("ping")
		}
	}()
	for i := 0; i < 27; i++ {
		visit(address, []string{"v1", "v2", "v1"}[i%3])
	}
	record()
}
