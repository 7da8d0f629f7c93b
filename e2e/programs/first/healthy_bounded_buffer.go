package main

import (
	"net"
	"sync"
)

type buffer struct {
	sync.Mutex
	notEmpty, notFull *sync.Cond
	data              [][]byte
}

func (b *buffer) put(d []byte) {
	b.Lock()
	defer b.Unlock()
	for len(b.data) > 10 {
		b.notFull.Wait()
	}
	b.data = append(b.data, d)
	b.notEmpty.Signal()
}

func (b *buffer) get() (d []byte) {
	b.Lock()
	defer b.Unlock()
	for len(b.data) == 0 {
		b.notEmpty.Wait()
	}
	d, b.data = b.data[0], b.data[1:]
	b.notFull.Signal()
	return d
}

func receive(conn net.PacketConn, b *buffer) {
	for {
		packet := make([]byte, 1500)
		n, _, err := conn.ReadFrom(packet)
		if err != nil {
			return
		}
		b.put(packet[:n])
	}
}

func parse(b *buffer) {
	for {
		_ = b.get()
	}
}

func main() {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	b := &buffer{}
	b.notEmpty, b.notFull = sync.NewCond(b), sync.NewCond(b)
	for i := 0; i < 4; i++ {
		go parse(b)
	}
	go receive(conn, b)
	record()
}
