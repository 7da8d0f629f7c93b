package main

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"time"
)

type waiter struct {
	n     int
	ready chan struct{}
}

// budget gives out pieces of a whole, first come, first served.
type budget struct {
	mu      sync.Mutex
	left    int
	waiters list.List
}

func (b *budget) take(ctx context.Context, n int) error {
	b.mu.Lock()
	if b.waiters.Len() == 0 && b.left >= n {
		b.left -= n
		b.mu.Unlock()
		return nil
	}
	w := waiter{n, make(chan struct{})}
	element := b.waiters.PushBack(w)
	b.mu.Unlock()
	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		b.mu.Lock()
		defer b.mu.Unlock()
		b.waiters.Remove(element)
		return ctx.Err()
	}
}

func (b *budget) give(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left += n
	for first := b.waiters.Front(); first != nil && first.Value.(waiter).n <= b.left; first = b.waiters.Front() {
		w := b.waiters.Remove(first).(waiter)
		b.left -= w.n
		close(w.ready)
	}
}

type compactor struct {
	disk  *budget
	total int
}

func (c *compactor) compact(ctx context.Context, table, size int, each time.Duration) {
	for ctx.Err() == nil {
		if err := c.disk.take(ctx, size); err != nil {
			fmt.Println(table, err)
			return
		}
		time.Sleep(each)
		c.disk.give(size)
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := &compactor{disk: &budget{left: 10}}
	for table := 0; table < 9; table++ {
		go c.compact(ctx, table, 1, time.Duration(100+table)*time.Millisecond)
	}
	go c.compact(ctx, 9, 5, 400*time.Millisecond)
	go c.compact(ctx, 10, 10, 900*time.Millisecond)
	time.Sleep(500 * time.Millisecond)
	record()
}
