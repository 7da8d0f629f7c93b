package main

import (
	"context"
	"errors"
	"sync"
)

type group struct {
	wg     sync.WaitGroup
	once   sync.Once
	err    error
	cancel context.CancelFunc
}

func withContext(ctx context.Context) (*group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &group{cancel: cancel}, ctx
}

func (g *group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel()
			})
		}
	}()
}

func (g *group) Wait() error {
	g.wg.Wait() // leaks
	g.cancel()
	return g.err
}

func copyAll() error {
	g, ctx := withContext(context.Background())
	rows := make(chan int)
	g.Go(func() error {
		return errors.New("source is gone")
	})
	g.Go(func() error {
		for row := range rows { // leaks
			if ctx.Err() != nil {
				return ctx.Err()
			}
			_ = row
		}
		return nil
	})
	return g.Wait()
}

func main() {
	for i := 0; i < 7; i++ {
		go copyAll()
	}
	record()
}
