package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// queue hands each key to one worker at a time.
type queue struct {
	mu    sync.Mutex
	more  *sync.Cond
	keys  []string
	known map[string]bool
	shut  bool
}

func newQueue() *queue {
	q := &queue{known: map[string]bool{}}
	q.more = sync.NewCond(&q.mu)
	return q
}

func (q *queue) add(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.shut || q.known[key] {
		return
	}
	q.known[key] = true
	q.keys = append(q.keys, key)
	q.more.Signal()
}

func (q *queue) get() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.keys) == 0 && !q.shut {
		q.more.Wait()
	}
	if len(q.keys) == 0 {
		return "", true
	}
	key := q.keys[0]
	q.keys = q.keys[1:]
	delete(q.known, key)
	return key, false
}

func (q *queue) shutDown() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.shut = true
	q.more.Broadcast()
}

type controller struct {
	queue   *queue
	watched chan string
}

func (c *controller) worker() {
	for {
		key, shut := c.queue.get()
		if shut {
			return
		}
		time.Sleep(time.Duration(len(key)) * 100 * time.Microsecond)
	}
}

func (c *controller) reflect(ctx context.Context) {
	resync := time.NewTicker(10 * time.Hour)
	defer resync.Stop()
	for {
		select {
		case key := <-c.watched:
			c.queue.add(key)
		case <-resync.C:
			c.queue.add("all")
		case <-ctx.Done():
			return
		}
	}
}

func (c *controller) run(ctx context.Context, workers int) {
	defer c.queue.shutDown()
	for i := 0; i < workers; i++ {
		go c.worker()
	}
	go c.reflect(ctx)
	<-ctx.Done()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, kind := range []string{"pod", "service", "node"} {
		c := &controller{queue: newQueue(), watched: make(chan string, 8)}
		go c.run(ctx, 5)
		for i := 0; i < 20; i++ {
			c.watched <- fmt.Sprint(kind, i)
		}
	}
	record()
}
