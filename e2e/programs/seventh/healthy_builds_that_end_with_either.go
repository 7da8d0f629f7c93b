package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// either ends when one of both does; release ends the watching.
func either(one, other context.Context) (ctx context.Context, release func()) {
	ctx, cancel := context.WithCancel(one)
	go func() {
		select {
		case <-other.Done():
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

type builder struct {
	life  context.Context
	mu    sync.Mutex
	steps map[string]int
}

func (b *builder) build(ctx context.Context, name string) error {
	ctx, release := either(ctx, b.life)
	defer release()
	finished := make(chan error, 1)
	go func() {
		for step := 0; step < 9; step++ {
			select {
			case <-time.After(20 * time.Second):
			case <-ctx.Done():
				finished <- ctx.Err()
				return
			}
			b.mu.Lock()
			b.steps[name] = step
			b.mu.Unlock()
		}
		finished <- nil
	}()
	return <-finished
}

func (b *builder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := b.build(r.Context(), r.URL.Path); err != nil {
		fmt.Println(r.URL.Path, err)
	}
}

func visitors(at string) {
	time.AfterFunc(85*time.Second, func() { os.Exit(0) })
	var all sync.WaitGroup
	for i := 0; i < 12; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			response, err := http.Get(fmt.Sprint("http://", at, "/build/", i))
			if err == nil {
				io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
		}(i)
	}
	all.Wait()
	os.Exit(0)
}

func main() {
	if at := os.Getenv("PEER"); at != "" {
		visitors(at)
	}
	life, end := context.WithCancel(context.Background())
	defer end()
	b := &builder{life: life, steps: map[string]int{}}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+listen(b))
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
