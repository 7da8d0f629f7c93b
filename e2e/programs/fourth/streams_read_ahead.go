package main

import (
	"bufio"
	"net"
)

type stream struct {
	conn net.Conn
	in   chan string
}

func (s *stream) recvLoop() {
	lines := bufio.NewScanner(s.conn)
	for lines.Scan() {
		s.in <- lines.Text() // leaks
	}
	close(s.in)
}

func (s *stream) handle() {
	for line := range s.in {
		if line == "quit" {
			return
		}
	}
}

func serve(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s := &stream{conn, make(chan string)}
		go s.recvLoop()
		go s.handle()
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(listener)
	for i := 0; i < 28; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		if i%7 == 0 {
			conn.Write([]byte("hello\n"))
		} else {
			conn.Write([]byte("quit\nreally\n"))
		}
	}
	record()
}
