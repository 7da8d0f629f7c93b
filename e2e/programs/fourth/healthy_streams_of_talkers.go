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
		s.in <- lines.Text()
	}
	close(s.in)
}

func (s *stream) handle() {
	for range s.in {
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s := &stream{conn, make(chan string)}
			go s.recvLoop()
			go s.handle()
		}
	}()
	for i := 0; i < 12; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		conn.Write([]byte("hello\n"))
		defer conn.Close()
	}
	record()
}
