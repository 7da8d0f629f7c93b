package main

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"
)

// journal is a container's log; followers hear of each line by a channel made anew.
type journal struct {
	mu    sync.Mutex
	lines []string
	more  chan struct{}
}

func (j *journal) log(line string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, line)
	close(j.more)
	j.more = make(chan struct{})
}

func (j *journal) after(n int) ([]string, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.lines[n:], j.more
}

func (j *journal) follow(ctx context.Context, out chan<- string) {
	read := 0
	for {
		lines, more := j.after(read)
		for _, line := range lines {
			select {
			case out <- line:
			case <-ctx.Done():
				return
			}
		}
		read += len(lines)
		select { // leaks
		case <-more:
		case <-ctx.Done():
			return
		}
	}
}

type daemon struct {
	mu         sync.Mutex
	containers map[string]*journal
}

func (d *daemon) create(name string) *journal {
	d.mu.Lock()
	defer d.mu.Unlock()
	j := &journal{more: make(chan struct{})}
	d.containers[name] = j
	return j
}

func (d *daemon) remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.containers, name)
}

// forward copies a container's lines to the central log for as long as the daemon runs.
func (d *daemon) forward(ctx context.Context, name string, j *journal) {
	lines := make(chan string)
	go j.follow(ctx, lines)
	for line := range lines { // leaks
		fmt.Println(name, line)
	}
}

func main() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	d := &daemon{containers: map[string]*journal{}}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/run/")
		j := d.create(name)
		go d.forward(ctx, name, j)
		j.log("started")
		j.log("ended")
		d.remove(name)
	}))
	for i := 0; i < 9; i++ {
		request(fmt.Sprint(address, "/run/c", i), 1)
	}
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(65 * time.Second)
	record()
}
