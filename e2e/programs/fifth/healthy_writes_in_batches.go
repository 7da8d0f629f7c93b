package main

import (
	"context"
	"math/rand"
	"sync"
	"time"
)

type write1 struct {
	key  string
	done chan error
}

// batcher commits many writes at once; each writer hears of its own.
type batcher struct {
	in    chan write1
	size  int
	every time.Duration
}

func (b *batcher) put(ctx context.Context, key string) error {
	w := write1{key, make(chan error, 1)}
	select {
	case b.in <- w:
	case <-ctx.Done():
		return ctx.Err()
	}
	return <-w.done
}

func (b *batcher) run(ctx context.Context) {
	ticker := time.NewTicker(b.every)
	defer ticker.Stop()
	var batch []write1
	commit := func() {
		time.Sleep(25 * time.Millisecond)
		for _, w := range batch {
			w.done <- nil
		}
		batch = nil
	}
	for {
		select {
		case w := <-b.in:
			if batch = append(batch, w); len(batch) == b.size {
				commit()
			}
		case <-ticker.C:
			commit()
		case <-ctx.Done():
			for _, w := range batch {
				w.done <- ctx.Err()
			}
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	b := &batcher{make(chan write1), 10, 30 * time.Millisecond}
	go b.run(ctx)
	var writers sync.WaitGroup
	for i := 0; i < 24; i++ {
		writers.Add(1)
		go func() {
			defer writers.Done()
			for b.put(ctx, "k") == nil {
				time.Sleep(time.Duration(rand.Intn(3)) * time.Millisecond)
			}
		}()
	}
	record()
	cancel()
}
