package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"sync"
	"time"
)

// member consumes partitions; while the group is rebalanced all of them pause.
type member struct {
	mu          sync.Mutex
	resumed     chan struct{}
	generation  int
	partitions  []chan string
	coordinator net.Conn
	handled     int
}

func (m *member) ready() <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.resumed
}

func (m *member) consume(ctx context.Context, p chan string) {
	for {
		select {
		case <-m.ready():
		case <-ctx.Done():
			return
		}
		select {
		case <-p:
			m.mu.Lock()
			m.handled++
			m.mu.Unlock()
		case <-ctx.Done():
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (m *member) fetch(ctx context.Context, p chan string) {
	for {
		select {
		case p <- "message":
		case <-ctx.Done():
			return
		}
	}
}

// rejoin asks the coordinator for a share; it answers when all others have asked, too.
func (m *member) rejoin() error {
	m.mu.Lock()
	m.resumed = make(chan struct{})
	m.mu.Unlock()
	if _, err := fmt.Fprintln(m.coordinator, "join"); err != nil {
		return err
	}
	if _, err := fmt.Fscan(m.coordinator, &m.generation); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	close(m.resumed)
	return nil
}

func (m *member) run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := m.rejoin(); err != nil {
			fmt.Println(err)
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func coordinator(at string) {
	conn, err := net.Dial("tcp", at)
	if err != nil {
		panic(err)
	}
	var ask string
	for n := 1; ; n++ {
		if _, err := fmt.Fscan(conn, &ask); err != nil {
			os.Exit(0)
		}
		if n == 3 {
			time.Sleep(2 * time.Second)
		}
		fmt.Fprintln(conn, n)
	}
}

func main() {
	if at := os.Getenv("PEER"); at != "" {
		coordinator(at)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+l.Addr().String())
	if err := command.Start(); err != nil {
		panic(err)
	}
	conn, err := l.Accept()
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m := &member{coordinator: conn, resumed: make(chan struct{})}
	for i := 0; i < 12; i++ {
		p := make(chan string, 2)
		m.partitions = append(m.partitions, p)
		go m.fetch(ctx, p)
		go m.consume(ctx, p)
	}
	go m.run(ctx)
	time.Sleep(900 * time.Millisecond)
	record()
}
