package main

import (
	"net"
	"sync"
)

type stage struct {
	in, out chan []byte
	workers int
}

func (s *stage) start() {
	var all sync.WaitGroup
	for i := 0; i < s.workers; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for data := range s.in {
				if s.out != nil {
					s.out <- data
				}
			}
		}()
	}
	go func() {
		all.Wait()
		if s.out != nil {
			close(s.out)
		}
	}()
}

func ingest(conn net.Conn, to chan<- []byte) {
	defer close(to)
	for {
		data := make([]byte, 64)
		n, err := conn.Read(data)
		if err != nil {
			return
		}
		to <- data[:n]
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	raw, parsed := make(chan []byte), make(chan []byte)
	(&stage{raw, parsed, 3}).start()
	(&stage{parsed, nil, 2}).start()
	go ingest(conn, raw)
	record()
	listener.Close()
}
