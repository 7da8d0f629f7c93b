package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

type component struct {
	name   string
	server *http.Server
}

func (c *component) run(ctx context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		c.server.Shutdown(grace)
	}()
	if err := c.server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	<-drained
	return nil
}

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	reloads := make(chan os.Signal, 1)
	signal.Notify(reloads, syscall.SIGHUP)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-signals
		cancel()
		<-signals
		os.Exit(1)
	}()
	go func() {
		for range reloads {
			time.Sleep(time.Millisecond)
		}
	}()
	var all sync.WaitGroup
	errs := make(chan error, 3)
	for _, name := range []string{"api", "admin", "metrics"} {
		all.Add(1)
		go func(c *component) {
			defer all.Done()
			errs <- c.run(ctx)
		}(&component{name, &http.Server{Handler: http.NewServeMux()}})
	}
	recordSoon()
	go func() {
		all.Wait()
		close(errs)
	}()
	for err := range errs {
		if err != nil {
			cancel()
		}
	}
}
