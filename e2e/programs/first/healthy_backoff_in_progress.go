package main

import (
	"context"
	"errors"
	"time"
)

func withRetries(ctx context.Context, f func() error) error {
	wait := 5 * time.Second
	for {
		if err := f(); err == nil {
			return nil
		}
		select {
		case <-time.After(wait):
			wait *= 2
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	result := make(chan error, 1)
	go func() {
		result <- withRetries(ctx, func() error { return errors.New("refused") })
	}()
	recordSoon()
	<-result
}
