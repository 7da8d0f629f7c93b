package main

import (
	"bufio"
	"net"
	"sync"
)

type feed struct {
	mu   sync.RWMutex
	subs map[string][]chan string
}

func (f *feed) subscribe(symbol string) <-chan string {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := make(chan string, 4)
	f.subs[symbol] = append(f.subs[symbol], c)
	return c
}

func (f *feed) read(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		f.mu.RLock()
		for _, c := range f.subs[lines.Text()] {
			c <- lines.Text()
		}
		f.mu.RUnlock()
	}
}

func trade(prices <-chan string) {
	for price := range prices {
		_ = price
	}
}

func main() {
	exchange, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", exchange.Addr().String())
	if err != nil {
		panic(err)
	}
	f := &feed{subs: map[string][]chan string{}}
	for _, symbol := range []string{"A", "B", "C", "D"} {
		go trade(f.subscribe(symbol))
	}
	go f.read(conn)
	record()
}
