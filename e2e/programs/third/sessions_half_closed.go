package main

import (
	"bufio"
	"net"
	"time"
)

type session struct {
	conn net.Conn
	out  chan string
}

func (s *session) reader() {
	in := bufio.NewScanner(s.conn)
	for in.Scan() {
		s.out <- in.Text()
	}
	s.conn.Close()
}

func (s *session) writer() {
	for line := range s.out { // leaks
		s.conn.Write([]byte(line))
	}
}

func accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s := &session{conn, make(chan string)}
		go s.reader()
		go s.writer()
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go accept(listener)
	for i := 0; i < 40; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		conn.Close()
	}
	time.Sleep(5 * time.Millisecond)
	record()
}
