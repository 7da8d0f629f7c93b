package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"
)

// Tee gives each value to both.
func Tee[T any](ctx context.Context, in <-chan T) (<-chan T, <-chan T) {
	left, right := make(chan T), make(chan T)
	go func() {
		defer close(left)
		defer close(right)
		for v := range in {
			left <- v
			right <- v // leaks
		}
	}()
	return left, right
}

// Generate calls next until that has no more.
func Generate[T any](next func() (T, bool)) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for {
			v, ok := next()
			if !ok {
				return
			}
			out <- v // leaks
		}
	}()
	return out
}

func Map[T, U any](in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for v := range in { // leaks
			out <- f(v)
		}
	}()
	return out
}

type trade struct {
	id    int64
	cents int
}

type desk struct {
	ids   atomic.Int64
	total atomic.Int64
}

func (d *desk) next() (trade, bool) {
	time.Sleep(time.Millisecond)
	return trade{d.ids.Add(1), 100}, true
}

func (d *desk) settle(in <-chan string) {
	for range in { // leaks
		d.total.Add(1)
	}
}

func audit(in <-chan trade) error {
	for t := range in {
		if t.id%40 == 0 {
			return errors.New("disk full")
		}
	}
	return nil
}

func (d *desk) run(ctx context.Context) {
	settled, audited := Tee(ctx, Generate(d.next))
	go d.settle(Map(settled, func(t trade) string { return fmt.Sprint(t.id, ":", t.cents) }))
	go func() {
		if err := audit(audited); err != nil {
			fmt.Println("audit:", err)
		}
	}()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	desks := []*desk{{}, {}, {}}
	for _, d := range desks {
		d.run(ctx)
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, d := range desks {
			fmt.Fprintln(w, d.total.Load())
		}
	}))
	request(address+"/totals", 2)
	time.Sleep(500 * time.Millisecond)
	record()
}
