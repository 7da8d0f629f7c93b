package main

import (
	"net"
	"sync"
	"time"
)

type store struct {
	mu   sync.RWMutex
	rows net.Conn
}

func (s *store) scan(each func([]byte)) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row := make([]byte, 10)
	for {
		if _, err := s.rows.Read(row); err != nil {
			return
		}
		each(row)
	}
}

func (s *store) insert() {
	s.mu.Lock()
	defer s.mu.Unlock()
}

func main() {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		panic(err)
	}
	s := &store{rows: conn}
	go s.scan(func([]byte) {})
	time.Sleep(time.Millisecond)
	go s.insert()
	time.Sleep(time.Millisecond)
	for i := 0; i < 3; i++ {
		go s.scan(func([]byte) {})
	}
	record()
	server.Close()
}
