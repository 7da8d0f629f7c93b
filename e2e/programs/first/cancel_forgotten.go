package main

import (
	"context"
	"time"
)

type watcher struct{ events chan string }

func (w *watcher) watch(ctx context.Context) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for {
			select { // leaks
			case <-ctx.Done():
				return
			case e := <-w.events:
				out <- e
			}
		}
	}()
	return out
}

func firstOf(w *watcher) string {
	ctx, _ := context.WithCancel(context.Background())
	select {
	case e := <-w.watch(ctx):
		return e
	case <-time.After(time.Millisecond):
		return ""
	}
}

func main() {
	for i := 0; i < 60; i++ {
		firstOf(&watcher{make(chan string)})
	}
	record()
}
