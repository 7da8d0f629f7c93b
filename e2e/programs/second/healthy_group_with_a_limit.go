package main

import (
	"sync"
	"time"
)

type limited struct {
	wg  sync.WaitGroup
	sem chan struct{}
}

func (l *limited) Go(f func()) {
	l.sem <- struct{}{}
	l.wg.Add(1)
	go func() {
		defer func() {
			<-l.sem
			l.wg.Done()
		}()
		f()
	}()
}

func main() {
	l := &limited{sem: make(chan struct{}, 4)}
	recordSoon()
	for i := 0; i < 20; i++ {
		l.Go(func() { time.Sleep(2 * time.Second) })
	}
	l.wg.Wait()
}
