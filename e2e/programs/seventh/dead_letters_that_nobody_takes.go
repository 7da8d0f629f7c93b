package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"sync/atomic"
	"time"
)

type message struct {
	key, value string
	offset     int64
}

// consumer hands each partition's messages to a worker of its own; what fails goes to the dead letters.
type consumer struct {
	partitions []*partition
	dead       chan message
	handled    atomic.Int64
}

type partition struct {
	id    int
	queue chan message
}

func newConsumer(n int) *consumer {
	c := &consumer{dead: make(chan message, 4)}
	for i := 0; i < n; i++ {
		p := &partition{i, make(chan message, 2)}
		c.partitions = append(c.partitions, p)
		go c.work(p)
	}
	return c
}

func (c *consumer) work(p *partition) {
	for m := range p.queue { // leaks
		if err := c.handle(m); err != nil {
			c.dead <- m // leaks
			continue
		}
		c.handled.Add(1)
	}
}

func (c *consumer) handle(m message) error {
	if m.value == "" {
		return errors.New("no value for " + m.key)
	}
	return nil
}

// poll is one fetch of the broker's answer, spread over the partitions.
func (c *consumer) poll(batch []message) {
	for _, m := range batch {
		h := fnv.New32a()
		h.Write([]byte(m.key))
		c.partitions[int(h.Sum32())%len(c.partitions)].queue <- m // leaks
	}
}

func (c *consumer) run(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		var batch []message
		for i := 0; i < 30; i++ {
			m := message{key: fmt.Sprint("order-", i), value: "paid", offset: int64(n*30 + i)}
			if i%7 == n%7 {
				m.value = ""
			}
			batch = append(batch, m)
		}
		c.poll(batch)
		time.Sleep(5 * time.Millisecond)
	}
}

func (c *consumer) lag(ctx context.Context) {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			c.handled.Load()
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := newConsumer(6)
	go c.run(ctx)
	go c.lag(ctx)
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, c.handled.Load())
	}))
	request(address+"/metrics", 3)
	time.Sleep(400 * time.Millisecond)
	record()
}
