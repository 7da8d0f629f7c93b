package main

import (
	"net"
	"time"
)

type dialed struct {
	conn net.Conn
	err  error
}

func dialAny(addresses ...string) (net.Conn, error) {
	results := make(chan dialed)
	for _, address := range addresses {
		go func(address string) {
			conn, err := net.DialTimeout("tcp", address, time.Second)
			results <- dialed{conn, err} // leaks
		}(address)
	}
	d := <-results
	return d.conn, d.err
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	a := listener.Addr().String()
	for i := 0; i < 10; i++ {
		conn, err := dialAny(a, a, a)
		if err == nil {
			conn.Close()
		}
	}
	record()
}
