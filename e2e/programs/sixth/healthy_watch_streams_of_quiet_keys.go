package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
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

func (s *stream) sendLoop(wg *sync.WaitGroup) {
	defer wg.Done()
	for {
		var line string
		select {
		case line = <-s.events:
		case line = <-s.control:
			line = "created " + line
		case <-s.done:
			return
		}
		if _, err := fmt.Fprintln(s.conn, line); err != nil {
			return
		}
	}
}

func (s *stream) recvLoop(gone <-chan struct{}) {
	lines := bufio.NewScanner(s.conn)
	for lines.Scan() {
		select {
		case s.control <- lines.Text():
		case <-gone:
			return
		}
	}
}

func (s *server) handle(conn net.Conn) {
	defer conn.Close()
	st := &stream{conn: conn, control: make(chan string), events: make(chan string, 16), done: make(chan struct{})}
	s.mu.Lock()
	s.streams[st] = true
	s.mu.Unlock()
	var sender sync.WaitGroup
	sender.Add(1)
	go st.sendLoop(&sender)
	gone := make(chan struct{})
	go func() {
		sender.Wait()
		close(gone)
	}()
	st.recvLoop(gone)
	s.mu.Lock()
	delete(s.streams, st)
	s.mu.Unlock()
	close(st.done)
}

type server struct {
	mu      sync.Mutex
	streams map[*stream]bool
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
	time.AfterFunc(80*time.Second, func() { os.Exit(0) })
	var open []net.Conn
	for i := 0; i < 14; i++ {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(conn, "key", i)
		if i%4 == 0 {
			conn.Close()
			continue
		}
		open = append(open, conn)
	}
	for _, conn := range open {
		bufio.NewReader(conn).ReadString('!')
	}
	os.Exit(0)
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
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.handle(conn)
		}
	}()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+l.Addr().String())
	if err := command.Start(); err != nil {
		panic(err)
	}
	for i := 0; i < 5; i++ {
		time.Sleep(100 * time.Millisecond)
		s.put(fmt.Sprint("key", i))
	}
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(65 * time.Second)
	record()
}
