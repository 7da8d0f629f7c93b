package main

import (
	"context"
	"net"
	"time"
)

type link struct {
	address string
	out     chan []byte
}

func (l *link) run(ctx context.Context) {
	for ctx.Err() == nil {
		conn, err := net.Dial("tcp", l.address)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		gone := make(chan error, 1)
		go func() {
			_, err := conn.Read(make([]byte, 100))
			gone <- err
		}()
		l.pump(ctx, conn, gone)
		conn.Close()
	}
}

func (l *link) pump(ctx context.Context, conn net.Conn, gone <-chan error) {
	for {
		select {
		case data := <-l.out:
			conn.Write(data)
		case <-gone:
			return
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	l := &link{server.Addr().String(), make(chan []byte)}
	go l.run(ctx)
	l.out <- []byte("hello")
	record()
	cancel()
}
