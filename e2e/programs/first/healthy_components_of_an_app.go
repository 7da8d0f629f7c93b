package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
)

type component interface{ run(context.Context) }

type mailer struct{ outbox chan string }

func (m *mailer) run(ctx context.Context) {
	for {
		select {
		case mail := <-m.outbox:
			_ = mail
		case <-ctx.Done():
			return
		}
	}
}

type searcher struct{ queries chan chan int }

func (s *searcher) run(ctx context.Context) {
	for {
		select {
		case q := <-s.queries:
			q <- 1
		case <-ctx.Done():
			return
		}
	}
}

type lockFile struct{ name string }

func (l lockFile) run(ctx context.Context) {
	<-ctx.Done()
	os.Remove(l.name)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var all sync.WaitGroup
	for _, c := range []component{&mailer{make(chan string)}, &searcher{make(chan chan int)}, lockFile{"/tmp/none"}} {
		all.Add(1)
		go func(c component) {
			defer all.Done()
			c.run(ctx)
		}(c)
	}
	recordSoon()
	all.Wait()
}
