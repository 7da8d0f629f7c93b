package main

import (
	"context"
	"sync"
	"time"
)

type crawler struct {
	limit chan struct{}
	wg    sync.WaitGroup
}

func (c *crawler) visit(ctx context.Context, page int) {
	defer c.wg.Done()
	select {
	case c.limit <- struct{}{}:
	case <-ctx.Done():
		return
	}
	defer func() { <-c.limit }()
	time.Sleep(4 * time.Second)
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := &crawler{limit: make(chan struct{}, 3)}
	for page := 0; page < 18; page++ {
		c.wg.Add(1)
		go c.visit(ctx, page)
	}
	recordSoon()
	c.wg.Wait()
}
