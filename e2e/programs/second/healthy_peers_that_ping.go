package main

import (
	"net"
	"time"
)

type peer struct {
	conn   net.Conn
	pong   chan struct{}
	closed chan struct{}
}

func (p *peer) read() {
	defer close(p.closed)
	for {
		if _, err := p.conn.Read(make([]byte, 1)); err != nil {
			return
		}
		p.pong <- struct{}{}
	}
}

func (p *peer) ping() {
	timer := time.NewTimer(30 * time.Second)
	for {
		select {
		case <-timer.C:
			p.conn.Write([]byte{1})
			timer.Reset(30 * time.Second)
		case <-p.pong:
		case <-p.closed:
			return
		}
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	for i := 0; i < 15; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		p := &peer{conn, make(chan struct{}), make(chan struct{})}
		go p.read()
		go p.ping()
	}
	record()
	listener.Close()
}
