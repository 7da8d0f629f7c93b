package main

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

type group struct {
	wait  sync.WaitGroup
	once  sync.Once
	slots chan struct{}
	err   error
}

func (g *group) run(f func() error) {
	g.slots <- struct{}{}
	g.wait.Add(1)
	go func() {
		defer func() {
			<-g.slots
			g.wait.Done()
		}()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *group) join() error {
	g.wait.Wait()
	return g.err
}

func size(ctx context.Context, url string) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	return io.Copy(io.Discard, response.Body)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(5 * time.Second):
			io.WriteString(w, "here you are")
		case <-r.Context().Done():
		}
	})
	address := listen(mux)
	recordSoon()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	sizes := make(chan int64, 8)
	g := &group{slots: make(chan struct{}, 8)}
	for i := 0; i < 8; i++ {
		g.run(func() error {
			n, err := size(ctx, "http://"+address)
			sizes <- n
			return err
		})
	}
	g.join()
}
