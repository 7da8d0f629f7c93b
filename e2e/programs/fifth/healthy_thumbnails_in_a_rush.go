package main

import (
	"bufio"
	"fmt"
	"net"
	"sync"
	"time"
)

// studio lets four conversions run at a time; each is done by another process.
type studio struct {
	slots     chan struct{}
	converter string
	mu        sync.Mutex
	made      int
}

func (s *studio) thumbnail(name string) error {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	conn, err := net.Dial("tcp", s.converter)
	if err != nil {
		return err
	}
	defer conn.Close()
	fmt.Fprintln(conn, name)
	if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
		return err
	}
	s.mu.Lock()
	s.made++
	s.mu.Unlock()
	return nil
}

func convert(conn net.Conn) {
	defer conn.Close()
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return
	}
	time.Sleep(150 * time.Millisecond)
	fmt.Fprint(conn, line)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go convert(conn)
		}
	}()
	s := &studio{slots: make(chan struct{}, 4), converter: listener.Addr().String()}
	var album sync.WaitGroup
	for i := 0; i < 30; i++ {
		album.Add(1)
		go func(i int) {
			defer album.Done()
			if err := s.thumbnail(fmt.Sprint("picture", i)); err != nil {
				fmt.Println(err)
			}
		}(i)
	}
	recordSoon()
	album.Wait()
	time.Sleep(time.Minute)
}
