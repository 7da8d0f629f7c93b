package main

import (
	"bufio"
	"fmt"
	"net"
	"sync"
	"time"
)

// session is one user's: a reader, and a writer that empties its outbox.
type session struct {
	conn   net.Conn
	outbox chan string
	quit   chan struct{}
}

type room struct {
	mu       sync.Mutex
	sessions map[*session]bool
}

func (m *room) enter(conn net.Conn) {
	s := &session{conn, make(chan string, 16), make(chan struct{})}
	m.mu.Lock()
	m.sessions[s] = true
	m.mu.Unlock()
	go s.write()
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		m.say(lines.Text())
	}
	m.mu.Lock()
	delete(m.sessions, s)
	m.mu.Unlock()
	close(s.quit)
	conn.Close()
}

func (m *room) say(text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for s := range m.sessions {
		select {
		case s.outbox <- text:
		default:
		}
	}
}

func (s *session) write() {
	for {
		select {
		case text := <-s.outbox:
			fmt.Fprintln(s.conn, text)
		case <-s.quit:
			return
		}
	}
}

// user listens, and says something when it comes in.
func user(address, name string) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer conn.Close()
	fmt.Fprintln(conn, name, "is here")
	said := bufio.NewReader(conn)
	for {
		if _, err := said.ReadString('\n'); err != nil {
			return
		}
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	m := &room{sessions: map[*session]bool{}}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go m.enter(conn)
		}
	}()
	for i := 0; i < 12; i++ {
		go user(listener.Addr().String(), fmt.Sprint("user", i))
	}
	time.Sleep(10 * time.Millisecond)
	record()
}
