package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// client is of a store that tells of changes by key.
type client struct {
	mu      sync.Mutex
	version int
}

func (c *client) watch(ctx context.Context, key string) <-chan int {
	changes := make(chan int)
	go func() {
		defer close(changes)
		for {
			select {
			case <-time.After(2 * time.Millisecond):
			case <-ctx.Done():
				return
			}
			c.mu.Lock()
			c.version++
			v := c.version
			c.mu.Unlock()
			select { // leaks
			case changes <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return changes
}

// config follows its key for as long as the service runs.
func config(ctx context.Context, c *client, latest *int) {
	for v := range c.watch(ctx, "config") {
		*latest = v
	}
}

func main() {
	c, latest := &client{}, 0
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go config(ctx, c, &latest)
	mux := http.NewServeMux()
	mux.HandleFunc("/next", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, <-c.watch(context.TODO(), r.URL.Query().Get("key")))
	})
	request(listen(mux)+"/next?key=a", 8)
	record()
}
