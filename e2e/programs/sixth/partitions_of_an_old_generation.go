package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type message struct {
	partition, offset int
}

// claim is a partition for as long as the group's generation lasts.
type claim struct {
	partition int
	messages  chan message
}

func (c *claim) fetch(ctx context.Context, every time.Duration) {
	defer close(c.messages)
	for offset := 0; ctx.Err() == nil; offset++ {
		time.Sleep(every)
		batch := []message{{c.partition, offset}, {c.partition, offset + 1}, {c.partition, offset + 2}}
		for _, m := range batch {
			c.messages <- m // leaks
		}
	}
}

type group struct {
	mu     sync.Mutex
	offset map[int]int
}

func (g *group) consume(ctx context.Context, c *claim) {
	for {
		select {
		case m, ok := <-c.messages:
			if !ok {
				return
			}
			g.mu.Lock()
			g.offset[m.partition] = m.offset
			g.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

func (g *group) session(parent context.Context, every, lasts time.Duration) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	var consumers sync.WaitGroup
	for p := 0; p < 24; p++ {
		c := &claim{p, make(chan message)}
		go c.fetch(ctx, every)
		consumers.Add(1)
		go func() {
			defer consumers.Done()
			g.consume(ctx, c)
		}()
	}
	if lasts == 0 {
		<-ctx.Done()
	} else {
		time.Sleep(lasts)
	}
	cancel()
	consumers.Wait()
}

func main() {
	g := &group{offset: map[int]int{}}
	for generation := 0; generation < 6; generation++ {
		g.session(context.Background(), 0, 30*time.Millisecond)
	}
	go g.session(context.Background(), 500*time.Millisecond, 0)
	time.Sleep(10 * time.Millisecond)
	g.mu.Lock()
	fmt.Println(len(g.offset))
	g.mu.Unlock()
	record()
}
