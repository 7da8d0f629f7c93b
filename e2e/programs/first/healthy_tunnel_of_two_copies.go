package main

import (
	"io"
	"net"
	"sync"
)

func tunnel(from net.Conn, to string) {
	defer from.Close()
	upstream, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer upstream.Close()
	var both sync.WaitGroup
	both.Add(2)
	go func() {
		defer both.Done()
		io.Copy(upstream, from)
	}()
	go func() {
		defer both.Done()
		io.Copy(from, upstream)
	}()
	both.Wait()
}

func main() {
	target, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := front.Accept()
			if err != nil {
				return
			}
			go tunnel(conn, target.Addr().String())
		}
	}()
	for i := 0; i < 5; i++ {
		conn, err := net.Dial("tcp", front.Addr().String())
		if err != nil {
			panic(err)
		}
		defer conn.Close()
	}
	record()
}
