package main

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"
)

// detached has the values of a request, not its end.
type detached struct {
	context.Context
	values context.Context
}

func (d detached) Value(key any) any { return d.values.Value(key) }

// merge ends when either of both does.
func merge(one, other context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(one)
	go func() {
		select { // leaks
		case <-other.Done():
			cancel()
		case <-one.Done():
		}
	}()
	return ctx, cancel
}

type service struct {
	life  context.Context
	mails atomic.Int64
}

func (s *service) notify(ctx context.Context) error {
	ctx, cancel := merge(detached{context.Background(), ctx}, s.life)
	defer cancel()
	select {
	case <-time.After(2 * time.Millisecond):
		s.mails.Add(1)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *service) report() {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			fmt.Println(s.mails.Load(), "mails")
		case <-s.life.Done():
			return
		}
	}
}

func main() {
	life, end := context.WithCancel(context.Background())
	defer end()
	s := &service{life: life}
	go s.report()
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s.notify(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	}))
	request(address+"/order", 45)
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
