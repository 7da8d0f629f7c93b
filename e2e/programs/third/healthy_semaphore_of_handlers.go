package main

import (
	"net"
	"net/http"
)

type gate chan struct{}

func (g gate) do(f func()) {
	g <- struct{}{}
	defer func() { <-g }()
	f()
}

func main() {
	backend, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	g := make(gate, 4)
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.do(func() {
			conn, err := net.Dial("tcp", backend.Addr().String())
			if err != nil {
				return
			}
			defer conn.Close()
			conn.Read(make([]byte, 1))
		})
	}))
	for i := 0; i < 13; i++ {
		go http.Get("http://" + address)
	}
	record()
}
