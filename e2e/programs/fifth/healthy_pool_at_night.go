package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

type task struct {
	name string
	done chan<- error
}

type pool struct {
	tasks chan task
	group sync.WaitGroup
}

func newPool(size int) *pool {
	p := &pool{tasks: make(chan task)}
	p.group.Add(size)
	for i := 0; i < size; i++ {
		go p.work()
	}
	return p
}

func (p *pool) work() {
	defer p.group.Done()
	for t := range p.tasks {
		time.Sleep(time.Millisecond)
		t.done <- nil
	}
}

func (p *pool) close() {
	close(p.tasks)
	p.group.Wait()
}

func main() {
	pools := map[string]*pool{"mail": newPool(12), "pdf": newPool(6)}
	mux := http.NewServeMux()
	mux.HandleFunc("/do", func(w http.ResponseWriter, r *http.Request) {
		done := make(chan error, 1)
		select {
		case pools[r.URL.Query().Get("kind")].tasks <- task{"one", done}:
			fmt.Fprintln(w, <-done)
		case <-r.Context().Done():
		}
	})
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		for _, p := range pools {
			p.close()
		}
	}()
	address := listen(mux)
	request(address+"/do?kind=mail", 5)
	request(address+"/do?kind=pdf", 5)
	recordSoon()
	<-stopped
}
