package main

import (
	"net"
	"time"
)

type agent struct {
	reports chan string
	server  net.Conn
}

func (a *agent) heartbeat() {
	for range time.Tick(time.Second) {
	}
}

func (a *agent) send() {
	for range a.reports {
		a.server.Read(make([]byte, 1))
	}
}

func (a *agent) report(text string) { a.reports <- text }

func main() {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		panic(err)
	}
	a := &agent{make(chan string), conn}
	go a.heartbeat()
	go a.send()
	for i := 0; i < 4; i++ {
		go a.report("fine")
	}
	record()
	server.Close()
}
