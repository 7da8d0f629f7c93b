package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"sync"
	"time"
)

// stream serves one client that watches keys: one goroutine reads what it asks, one writes what happens.
type stream struct {
	conn    net.Conn
	control chan string
	events  chan string
	done    chan struct{}
}

func (s *stream) sendLoop() {
	defer s.conn.Close()
	for {
		select {
		case e := <-s.events:
			if _, err := fmt.Fprintln(s.conn, e); err != nil {
				return
			}
		case c := <-s.control:
			if c == "compacted" {
				return
			}
			if _, err := fmt.Fprintln(s.conn, "created", c); err != nil {
				return
			}
		case <-s.done:
			return
		}
	}
}

func (s *stream) recvLoop() {
	lines := bufio.NewScanner(s.conn)
	for lines.Scan() {
		s.control <- lines.Text() // leaks
	}
	close(s.done)
}

type server struct {
	mu      sync.Mutex
	streams map[*stream]bool
}

func (s *server) serve(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		st := &stream{conn: conn, control: make(chan string), events: make(chan string, 16), done: make(chan struct{})}
		s.mu.Lock()
		s.streams[st] = true
		s.mu.Unlock()
		go st.sendLoop()
		go st.recvLoop()
	}
}

func (s *server) put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for st := range s.streams {
		select {
		case st.events <- key:
		default:
		}
	}
}

func watchers(address string) {
	time.AfterFunc(4*time.Second, func() { os.Exit(0) })
	for i := 0; i < 12; i++ {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(conn, "a")
		if i%3 == 0 {
			fmt.Fprint(conn, "compacted\nb\nc\nd\n")
		}
	}
	select {}
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		watchers(address)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	s := &server{streams: map[*stream]bool{}}
	go s.serve(l)
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+l.Addr().String())
	if err := command.Start(); err != nil {
		panic(err)
	}
	for i := 0; i < 20; i++ {
		time.Sleep(20 * time.Millisecond)
		s.put(fmt.Sprint("key", i))
	}
	record()
}
