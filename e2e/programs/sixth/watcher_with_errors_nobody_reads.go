package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// watcher tells of changes in folders by looking at them again and again.
type watcher struct {
	events chan string
	errs   chan error
	mu     sync.Mutex
	seen   map[string]time.Time
	quit   chan struct{}
	gone   chan struct{}
}

func watch() *watcher {
	w := &watcher{events: make(chan string), errs: make(chan error), seen: map[string]time.Time{},
		quit: make(chan struct{}), gone: make(chan struct{})}
	go w.poll()
	return w
}

func (w *watcher) add(path string) {
	w.mu.Lock() // leaks
	defer w.mu.Unlock()
	w.seen[path] = time.Time{}
}

func (w *watcher) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for path, at := range w.seen {
		info, err := os.Stat(path)
		if err != nil {
			w.errs <- err // leaks
			continue
		}
		if info.ModTime().After(at) {
			w.seen[path] = info.ModTime()
			w.events <- path
		}
	}
}

func (w *watcher) poll() {
	defer close(w.gone)
	for {
		select {
		case <-w.quit:
			return
		case <-time.After(5 * time.Millisecond):
			w.look()
		}
	}
}

func (w *watcher) close() {
	close(w.quit)
	<-w.gone // leaks
}

func reloads(w *watcher) {
	for path := range w.events { // leaks
		fmt.Println("reload", filepath.Base(path))
	}
}

func main() {
	folder, err := os.MkdirTemp("", "certs")
	if err != nil {
		panic(err)
	}
	path := filepath.Join(folder, "tls.crt")
	os.WriteFile(path, []byte("1"), 0o600)
	w := watch()
	go reloads(w)
	w.add(path)
	time.Sleep(30 * time.Millisecond)
	os.RemoveAll(folder)
	time.Sleep(30 * time.Millisecond)
	go w.add(folder)
	time.Sleep(10 * time.Millisecond)
	go w.close()
	record()
}
