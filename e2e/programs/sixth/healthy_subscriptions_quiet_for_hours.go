package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// bus hands news of a kind to all who subscribed to it.
type bus[T any] struct {
	mu   sync.RWMutex
	next int
	subs map[string]map[int]chan T
}

func (b *bus[T]) subscribe(ctx context.Context, kind string) <-chan T {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.subs[kind] == nil {
		b.subs[kind] = map[int]chan T{}
	}
	b.next++
	id, news := b.next, make(chan T, 4)
	b.subs[kind][id] = news
	go func() {
		<-ctx.Done()
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.subs[kind], id)
		close(news)
	}()
	return news
}

func (b *bus[T]) publish(kind string, n T) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, s := range b.subs[kind] {
		select {
		case s <- n:
		default:
		}
	}
}

func (b *bus[T]) stream(w http.ResponseWriter, r *http.Request) {
	for n := range b.subscribe(r.Context(), r.URL.Path) {
		fmt.Fprintln(w, n)
		w.(http.Flusher).Flush()
	}
}

func (b *bus[T]) count(ctx context.Context, kind string, to *int) {
	for range b.subscribe(ctx, kind) {
		*to++
	}
}

func browsers(address string) {
	time.AfterFunc(80*time.Second, func() { os.Exit(0) })
	for i := 0; i < 18; i++ {
		query, err := http.NewRequest("GET", fmt.Sprint("http://", address, "/prices/", i%6), nil)
		if err != nil {
			panic(err)
		}
		go func() {
			answer, err := http.DefaultClient.Do(query)
			if err != nil {
				return
			}
			lines := bufio.NewScanner(answer.Body)
			for lines.Scan() {
			}
		}()
	}
	select {}
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		browsers(address)
	}
	b := &bus[int]{subs: map[string]map[int]chan int{}}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var recalls, outages int
	go b.count(ctx, "recall", &recalls)
	go b.count(ctx, "outage", &outages)
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+listen(http.HandlerFunc(b.stream)))
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(500 * time.Millisecond)
	for i := 0; i < 4; i++ {
		b.publish("/prices/1", i)
	}
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(65 * time.Second)
	b.publish("/prices/2", 7)
	record()
}
