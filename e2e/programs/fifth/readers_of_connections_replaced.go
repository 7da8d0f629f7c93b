package main

import (
	"bufio"
	"net"
	"strings"
	"time"
)

type client struct {
	address string
	conn    net.Conn
	pongs   int
}

func (c *client) connect() error {
	conn, err := net.Dial("tcp", c.address)
	if err != nil {
		return err
	}
	c.conn = conn
	go c.read(conn)
	return nil
}

func (c *client) read(conn net.Conn) {
	lines := bufio.NewReader(conn)
	for {
		line, err := lines.ReadString('\n') // leaks
		if err != nil {
			return
		}
		if strings.HasPrefix(line, "PONG") {
			c.pongs++
		}
	}
}

func serve(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			buffer := make([]byte, 64)
			for {
				n, err := conn.Read(buffer) // leaks
				if err != nil {
					return
				}
				if string(buffer[:n]) == "PING\n" {
					conn.Write([]byte("PONG\n"))
				}
			}
		}()
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(listener)
	c := &client{address: listener.Addr().String()}
	for stale := 0; stale < 9; stale++ {
		if err := c.connect(); err != nil {
			panic(err)
		}
		c.conn.Write([]byte("PING\n"))
		time.Sleep(5 * time.Millisecond)
	}
	record()
}
