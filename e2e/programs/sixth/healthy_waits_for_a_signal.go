package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"
)

type component interface {
	run(ctx context.Context) error
}

type refresher struct{ every time.Duration }

func (r refresher) run(ctx context.Context) error {
	ticker := time.NewTicker(r.every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type web struct{ server *http.Server }

func (w web) run(ctx context.Context) error {
	go func() {
		<-ctx.Done()
		w.server.Shutdown(context.Background())
	}()
	return w.server.ListenAndServe()
}

// idle has nothing to do in this configuration.
type idle struct{}

func (idle) run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

type consumer struct{ jobs chan func() }

func (c consumer) run(ctx context.Context) error {
	var workers sync.WaitGroup
	for i := 0; i < 8; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for job := range c.jobs {
				job()
			}
		}()
	}
	<-ctx.Done()
	close(c.jobs)
	workers.Wait()
	return nil
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	reload := make(chan os.Signal, 1)
	signal.Notify(reload, syscall.SIGHUP)
	go func() {
		for range reload {
			fmt.Println("reloaded")
		}
	}()
	var running sync.WaitGroup
	failed := make(chan error, 4)
	c := consumer{make(chan func())}
	for _, p := range []component{refresher{2 * time.Minute}, web{&http.Server{Addr: "127.0.0.1:0"}}, idle{}, c} {
		p := p
		running.Add(1)
		go func() {
			defer running.Done()
			failed <- p.run(ctx)
		}()
	}
	for i := 0; i < 20; i++ {
		c.jobs <- func() { time.Sleep(time.Millisecond) }
	}
	go func() {
		time.Sleep(time.Second)
		runtime.GC() // twice: what waits is dated by the collection before the last
		runtime.GC()
		time.Sleep(66 * time.Second)
		profiled()
	}()
	select {
	case err := <-failed:
		fmt.Println(err)
	case <-ctx.Done():
	}
	running.Wait()
}
