package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// feed gives each change to all who watch.
type feed struct {
	mu       sync.Mutex
	next     int
	watchers map[int]*watcher
	in       chan int
}

type watcher struct {
	id     int
	result chan int
	feed   *feed
}

func (f *feed) watch() *watcher {
	f.mu.Lock() // leaks
	defer f.mu.Unlock()
	w := &watcher{id: f.next, result: make(chan int), feed: f}
	f.watchers[w.id] = w
	f.next++
	return w
}

func (w *watcher) stop() {
	w.feed.mu.Lock() // leaks
	defer w.feed.mu.Unlock()
	delete(w.feed.watchers, w.id)
	close(w.result)
}

func (f *feed) loop() {
	for change := range f.in {
		f.distribute(change)
	}
}

func (f *feed) distribute(change int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range f.watchers {
		w.result <- change // leaks
	}
}

func (f *feed) handle(w http.ResponseWriter, r *http.Request) {
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	watcher := f.watch()
	for i := 0; i < limit; i++ {
		fmt.Fprintln(w, <-watcher.result)
	}
	time.Sleep(4 * time.Millisecond)
	watcher.stop()
}

// heart is another loop of the same service, and well.
func heart(ctx context.Context, beats *int) {
	for {
		select {
		case <-time.After(10 * time.Millisecond):
			*beats++
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	f := &feed{watchers: map[int]*watcher{}, in: make(chan int, 100)}
	go f.loop()
	beats := 0
	go heart(context.Background(), &beats)
	mux := http.NewServeMux()
	mux.HandleFunc("/watch", f.handle)
	address := listen(mux)
	go func() {
		for change := 0; change < 100; change++ {
			f.in <- change
			time.Sleep(time.Millisecond)
		}
	}()
	request(address+"/watch?limit=2", 4)
	record()
}
