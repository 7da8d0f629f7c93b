package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

type event struct {
	path string
	size int64
}

// watcher looks for files that changed.
type watcher struct {
	dir    string
	events chan event
	quit   chan struct{}
	ended  chan struct{}
	once   sync.Once
	seen   map[string]int64
}

func watch(dir string) *watcher {
	w := &watcher{dir: dir, events: make(chan event), quit: make(chan struct{}), ended: make(chan struct{}), seen: map[string]int64{}}
	go w.loop()
	return w
}

func (w *watcher) loop() {
	defer close(w.ended)
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-w.quit:
			return
		case <-ticker.C:
			w.look()
		}
	}
}

func (w *watcher) look() {
	files, _ := os.ReadDir(w.dir)
	for _, f := range files {
		info, err := f.Info()
		if err != nil || w.seen[f.Name()] == info.Size() {
			continue
		}
		w.seen[f.Name()] = info.Size()
		w.events <- event{f.Name(), info.Size()} // leaks
	}
}

// close ends the watching, and comes back when no more events can come.
func (w *watcher) close() {
	w.once.Do(func() { close(w.quit) })
	<-w.ended // leaks
}

type settings struct {
	mu    sync.Mutex
	sizes map[string]int64
}

func (s *settings) apply(e event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if filepath.Ext(e.path) == ".bad" {
		return errors.New(e.path + " is no configuration")
	}
	s.sizes[e.path] = e.size
	return nil
}

func (s *settings) follow(w *watcher) {
	defer w.close()
	for e := range w.events {
		if err := s.apply(e); err != nil {
			fmt.Println(err)
			return
		}
	}
}

func main() {
	s := &settings{sizes: map[string]int64{}}
	for i := 0; i < 3; i++ {
		dir, err := os.MkdirTemp("", "watched")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		w := watch(dir)
		go s.follow(w)
		time.Sleep(20 * time.Millisecond)
		names := []string{"a.conf", "b.bad", "c.conf"}
		if i == 2 {
			names = []string{"a.conf", "b.conf"}
		}
		for _, name := range names {
			os.WriteFile(filepath.Join(dir, "."+name), []byte(name), 0o600)
			os.Rename(filepath.Join(dir, "."+name), filepath.Join(dir, name))
		}
	}
	time.Sleep(300 * time.Millisecond)
	record()
}
