package main

import (
	"context"
	"fmt"
	"sync"
)

type bus struct {
	mu     sync.RWMutex
	topics map[string][]chan string
}

func (b *bus) subscribe(topic string) <-chan string {
	ch := make(chan string, 1)
	b.mu.Lock()
	b.topics[topic] = append(b.topics[topic], ch)
	b.mu.Unlock()
	return ch
}

func (b *bus) publish(topic, message string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, ch := range b.topics[topic] {
		ch <- message
	}
}

func (b *bus) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, all := range b.topics {
		for _, ch := range all {
			close(ch)
		}
	}
}

// component reloads itself when told so, which is hardly ever.
type component struct {
	name    string
	reloads int
}

func (c *component) run(ctx context.Context, certificates, licences <-chan string) {
	for {
		select {
		case <-certificates:
			c.reloads++
		case <-licences:
			c.reloads++
		case <-ctx.Done():
			return
		}
	}
}

func audit(messages <-chan string, seen *int) {
	for range messages {
		*seen++
	}
}

func main() {
	b := &bus{topics: map[string][]chan string{}}
	ctx, cancel := context.WithCancel(context.Background())
	for i := 0; i < 14; i++ {
		c := &component{name: fmt.Sprint("component", i)}
		go c.run(ctx, b.subscribe("certificates"), b.subscribe("licences"))
	}
	seen := 0
	go audit(b.subscribe("certificates"), &seen)
	b.publish("certificates", "renewed")
	record()
	cancel()
	b.close()
}
