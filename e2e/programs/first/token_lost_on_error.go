package main

import (
	"context"
	"errors"
)

// A transport whose streams pass one token for writing around.
type transport struct {
	ctx      context.Context
	writable chan int
}

func (t *transport) write(data []byte) error {
	select { // leaks
	case <-t.writable:
	case <-t.ctx.Done():
		return t.ctx.Err()
	}
	if len(data) == 0 {
		return errors.New("empty frame")
	}
	t.writable <- 0
	return nil
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	t := &transport{ctx, make(chan int, 1)}
	t.writable <- 0
	_ = t.write(nil)
	for i := 0; i < 4; i++ {
		go t.write([]byte("frame"))
	}
	record()
}
