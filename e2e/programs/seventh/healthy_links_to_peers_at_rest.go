package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// link is one connection to a peer, with a reader and a writer of its own.
type link struct {
	conn net.Conn
	out  chan string
	dead chan struct{}
	once sync.Once
	seen time.Time
	mu   sync.Mutex
}

func (l *link) close() { l.once.Do(func() { close(l.dead); l.conn.Close() }) }

func (l *link) read(deliver func(string)) {
	defer l.close()
	lines := bufio.NewScanner(l.conn)
	for lines.Scan() {
		l.mu.Lock()
		l.seen = time.Now()
		l.mu.Unlock()
		deliver(lines.Text())
	}
}

func (l *link) write() {
	defer l.close()
	for {
		select {
		case line := <-l.out:
			if _, err := fmt.Fprintln(l.conn, line); err != nil {
				return
			}
		case <-l.dead:
			return
		}
	}
}

type mesh struct {
	mu     sync.Mutex
	links  []*link
	events chan string
}

func (m *mesh) add(conn net.Conn) {
	l := &link{conn: conn, out: make(chan string, 8), dead: make(chan struct{})}
	m.mu.Lock()
	m.links = append(m.links, l)
	m.mu.Unlock()
	go l.read(func(line string) { m.events <- line })
	go l.write()
}

// reap closes what nobody heard of for a long time.
func (m *mesh) reap(ctx context.Context) error {
	ticker := time.NewTicker(10 * time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			m.mu.Lock()
			for _, l := range m.links {
				l.mu.Lock()
				old := time.Since(l.seen) > time.Hour
				l.mu.Unlock()
				if old {
					l.close()
				}
			}
			m.mu.Unlock()
		}
	}
}

func (m *mesh) dispatch(ctx context.Context) error {
	for {
		select {
		case e, ok := <-m.events:
			if !ok {
				return errors.New("no more events")
			}
			fmt.Println(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func peers(at string) {
	time.AfterFunc(85*time.Second, func() { os.Exit(0) })
	for i := 0; i < 13; i++ {
		conn, err := net.Dial("tcp", at)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(conn, "hello from", i)
	}
	select {}
}

func main() {
	if at := os.Getenv("PEER"); at != "" {
		peers(at)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m := &mesh{events: make(chan string, 16)}
	go m.reap(ctx)
	go m.dispatch(ctx)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			m.add(conn)
		}
	}()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+l.Addr().String())
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
