package main

import "net"

type packet []byte

type collector struct{ packets chan packet }

func (c *collector) parse() {
	defer func() { recover() }()
	for p := range c.packets {
		_ = p[5]
	}
}

func (c *collector) read(conn net.Conn) {
	for {
		data := make([]byte, 64)
		n, err := conn.Read(data)
		if err != nil {
			return
		}
		c.packets <- data[:n:n] // leaks
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	c := &collector{make(chan packet)}
	go c.parse()
	for i := 0; i < 8; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		peer, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go c.read(peer)
		if i < 5 {
			conn.Write([]byte("abc"))
		}
		defer conn.Close()
	}
	record()
}
