package main

import (
	"errors"
	"sync"
)

type lazy struct {
	once  sync.Once
	ready chan struct{}
	conn  string
}

func (l *lazy) connect() (string, error) { return "", errors.New("refused") }

func (l *lazy) get() string {
	l.once.Do(func() {
		go func() {
			conn, err := l.connect()
			if err != nil {
				return
			}
			l.conn = conn
			close(l.ready)
		}()
	})
	<-l.ready // leaks
	return l.conn
}

func main() {
	l := &lazy{ready: make(chan struct{})}
	for i := 0; i < 13; i++ {
		go l.get()
	}
	record()
}
