package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"time"
)

type client struct {
	hub  *hub
	conn net.Conn
	send chan string
}

// hub owns the clients of a room; only run touches the map.
type hub struct {
	clients    map[*client]bool
	broadcast  chan string
	register   chan *client
	unregister chan *client
}

func (h *hub) run() {
	for {
		select {
		case c := <-h.register:
			h.clients[c] = true
		case c := <-h.unregister:
			if h.clients[c] {
				delete(h.clients, c)
				close(c.send)
			}
		case line := <-h.broadcast:
			h.toAll(line)
		}
	}
}

func (h *hub) toAll(line string) {
	for c := range h.clients {
		select {
		case c.send <- line:
		default:
			c.leave()
		}
	}
}

func (c *client) leave() {
	c.hub.unregister <- c // leaks
}

func (c *client) readPump() {
	defer c.leave()
	lines := bufio.NewScanner(c.conn)
	for lines.Scan() {
		c.hub.broadcast <- lines.Text() // leaks
	}
}

func (c *client) writePump() {
	defer c.conn.Close()
	for line := range c.send { // leaks
		if len(line) > 20 {
			time.Sleep(50 * time.Millisecond)
		}
		fmt.Fprintln(c.conn, line)
	}
}

func talkers(address string) {
	time.AfterFunc(4*time.Second, func() { os.Exit(0) })
	for i := 0; i < 8; i++ {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			panic(err)
		}
		go func() {
			time.Sleep(300 * time.Millisecond)
			for n := 0; ; n++ {
				fmt.Fprintln(conn, "a line of some length", n)
			}
		}()
	}
	select {}
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		talkers(address)
	}
	h := &hub{clients: map[*client]bool{}, broadcast: make(chan string), register: make(chan *client), unregister: make(chan *client)}
	go h.run()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			c := &client{hub: h, conn: conn, send: make(chan string, 4)}
			h.register <- c
			go c.writePump()
			go c.readPump()
		}
	}()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+l.Addr().String())
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(1500 * time.Millisecond)
	record()
}
