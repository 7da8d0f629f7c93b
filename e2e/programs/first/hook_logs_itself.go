package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

type hook func(string)

type logger struct {
	mu    sync.Mutex
	out   io.Writer
	hooks []hook
}

func (l *logger) print(line string) {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	for _, h := range l.hooks {
		h(line)
	}
	fmt.Fprintln(l.out, line)
}

func main() {
	l := &logger{out: io.Discard}
	l.hooks = append(l.hooks, func(line string) {
		if line == "bad" {
			l.print("hook saw: " + line)
		}
	})
	go l.print("bad")
	time.Sleep(time.Millisecond)
	for i := 0; i < 9; i++ {
		go l.print("good")
	}
	record()
}
