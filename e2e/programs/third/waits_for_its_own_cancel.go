package main

import "context"

type task struct{ name string }

func (t *task) start(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		defer cancel()
		<-ctx.Done() // leaks
	}()
	return ctx
}

func main() {
	for i := 0; i < 12; i++ {
		t := &task{"a"}
		t.start(context.Background())
	}
	record()
}
