package main

import (
	"bufio"
	"net"
)

type hub struct {
	join, leave chan *member
	say         chan string
	members     map[*member]struct{}
}

type member struct {
	conn net.Conn
	out  chan string
}

func (h *hub) run() {
	for {
		select {
		case m := <-h.join:
			h.members[m] = struct{}{}
		case m := <-h.leave:
			delete(h.members, m)
			close(m.out)
		case text := <-h.say:
			for m := range h.members {
				m.out <- text
			}
		}
	}
}

func (m *member) readPump(h *hub) {
	defer func() { h.leave <- m }()
	in := bufio.NewReader(m.conn)
	for {
		text, err := in.ReadString('\n')
		if err != nil {
			return
		}
		h.say <- text
	}
}

func (m *member) writePump() {
	defer m.conn.Close()
	for text := range m.out {
		if _, err := m.conn.Write([]byte(text)); err != nil {
			return
		}
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	h := &hub{make(chan *member), make(chan *member), make(chan string), map[*member]struct{}{}}
	go h.run()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			m := &member{conn, make(chan string, 8)}
			h.join <- m
			go m.readPump(h)
			go m.writePump()
		}
	}()
	var clients []net.Conn
	for i := 0; i < 20; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		clients = append(clients, conn)
	}
	record()
	for _, c := range clients {
		c.Close()
	}
}
