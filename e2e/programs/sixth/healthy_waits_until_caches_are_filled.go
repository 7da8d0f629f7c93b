package main

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// informer fills a cache once and then follows changes.
type informer struct {
	synced chan struct{}
	mu     sync.RWMutex
	items  map[int]string
}

func (i *informer) run(ctx context.Context, pages int) {
	for p := 0; p < pages; p++ {
		time.Sleep(100 * time.Millisecond)
		i.mu.Lock()
		i.items[p] = "page"
		i.mu.Unlock()
	}
	close(i.synced)
	<-ctx.Done()
}

type controller struct {
	needs []*informer
	queue chan int
}

func (c *controller) run(ctx context.Context, workers int) {
	for _, i := range c.needs {
		select {
		case <-i.synced:
		case <-ctx.Done():
			return
		}
	}
	for w := 0; w < workers; w++ {
		go func() {
			for range c.queue {
			}
		}()
	}
	<-ctx.Done()
}

// gate holds back requests until all is ready.
type gate struct {
	ready sync.WaitGroup
	once  sync.Once
	pages *informer
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.once.Do(g.ready.Wait)
	g.pages.mu.RLock()
	defer g.pages.mu.RUnlock()
	if len(g.pages.items) == 0 {
		http.NotFound(w, r)
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	pods := &informer{synced: make(chan struct{}), items: map[int]string{}}
	nodes := &informer{synced: make(chan struct{}), items: map[int]string{}}
	go pods.run(ctx, 2)
	go nodes.run(ctx, 30)
	for i := 0; i < 6; i++ {
		c := &controller{[]*informer{pods, nodes}, make(chan int)}
		go c.run(ctx, 3)
	}
	g := &gate{pages: nodes}
	g.ready.Add(1)
	go func() {
		defer g.ready.Done()
		for _, i := range []*informer{pods, nodes} {
			<-i.synced
		}
	}()
	address := listen(g)
	request(address, 4)
	time.Sleep(100 * time.Millisecond)
	record()
}
