package main

import (
	"context"
	"sync"
	"time"
)

type logFile struct {
	mu      sync.Mutex
	rotated chan string
	size    int
}

func (l *logFile) compress(ctx context.Context) {
	for {
		select {
		case name := <-l.rotated:
			_ = name
		case <-ctx.Done():
			return
		}
	}
}

func (l *logFile) write(line string) {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	if l.size += len(line); l.size > 100 {
		l.size = 0
		l.rotated <- "log.1" // leaks
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	l := &logFile{rotated: make(chan string, 1)}
	go l.compress(ctx)
	cancel()
	time.Sleep(2 * time.Millisecond)
	for i := 0; i < 5; i++ {
		go func() {
			for {
				l.write("a line that is long enough to fill the file soon")
			}
		}()
	}
	record()
}
