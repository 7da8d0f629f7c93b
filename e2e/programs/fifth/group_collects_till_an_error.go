package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// group runs functions and keeps the first error.
type group struct {
	wait   sync.WaitGroup
	once   sync.Once
	err    error
	cancel context.CancelFunc
}

func withContext(ctx context.Context) (*group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &group{cancel: cancel}, ctx
}

func (g *group) run(f func() error) {
	g.wait.Add(1)
	go func() {
		defer g.wait.Done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel()
			})
		}
	}()
}

func (g *group) join() error {
	g.wait.Wait() // leaks
	g.cancel()
	return g.err
}

type index struct{ shards []string }

func (x *index) query(ctx context.Context, shard string) (int, error) {
	if shard == "s3" {
		return 0, errors.New("shard is down")
	}
	time.Sleep(5 * time.Millisecond)
	return len(shard), nil
}

func (x *index) search(w http.ResponseWriter, r *http.Request) {
	g, ctx := withContext(r.Context())
	hits := make(chan int)
	for _, shard := range x.shards {
		shard := shard
		g.run(func() error {
			n, err := x.query(ctx, shard)
			if err != nil {
				return err
			}
			hits <- n // leaks
			return nil
		})
	}
	total := 0
	for range x.shards {
		select {
		case n := <-hits:
			total += n
		case <-ctx.Done():
			http.Error(w, fmt.Sprint(g.join()), http.StatusBadGateway)
			return
		}
	}
	fmt.Fprintln(w, total, g.join())
}

// merge compacts the index now and then, with the same group.
func (x *index) merge() {
	for {
		g, ctx := withContext(context.Background())
		for range x.shards {
			g.run(func() error {
				select {
				case <-time.After(15 * time.Millisecond):
				case <-ctx.Done():
				}
				return nil
			})
		}
		g.wait.Wait()
		g.cancel()
	}
}

func main() {
	x := &index{shards: []string{"s1", "s2", "s3", "s4"}}
	go x.merge()
	mux := http.NewServeMux()
	mux.HandleFunc("/search", x.search)
	request(listen(mux)+"/search", 6)
	record()
}
