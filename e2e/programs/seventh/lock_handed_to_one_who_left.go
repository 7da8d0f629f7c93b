package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// fair is a lock that is handed on in the order of asking.
type fair struct {
	mu    sync.Mutex
	held  bool
	queue []chan struct{}
}

func (f *fair) ask() (mine chan struct{}, now bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.held {
		f.held = true
		return nil, true
	}
	mine = make(chan struct{}, 1)
	f.queue = append(f.queue, mine)
	return mine, false
}

func (f *fair) Lock() {
	if mine, now := f.ask(); !now {
		<-mine // leaks
	}
}

// LockWithin gives up when the context ends.
func (f *fair) LockWithin(ctx context.Context) error {
	mine, now := f.ask()
	if now {
		return nil
	}
	select {
	case <-mine:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *fair) Unlock() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) == 0 {
		f.held = false
		return
	}
	f.queue[0] <- struct{}{}
	f.queue = f.queue[1:]
}

type deployer struct {
	clusters map[string]*fair
	done     sync.Map
}

func (d *deployer) deploy(w http.ResponseWriter, r *http.Request) {
	lock := d.clusters[r.URL.Path]
	if r.Method == http.MethodGet && r.URL.RawQuery == "try" {
		ctx, cancel := context.WithTimeout(r.Context(), 5*time.Millisecond)
		defer cancel()
		if err := lock.LockWithin(ctx); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
	} else {
		lock.Lock()
	}
	defer lock.Unlock()
	time.Sleep(50 * time.Millisecond)
	d.done.Store(r.URL.Path, time.Now())
}

func main() {
	d := &deployer{clusters: map[string]*fair{"/east": {}, "/west": {}}}
	address := listen(http.HandlerFunc(d.deploy))
	var all sync.WaitGroup
	for i, path := range []string{"/east", "/east", "/east?try", "/east", "/east", "/east", "/west", "/west"} {
		all.Add(1)
		go func(path string) {
			defer all.Done()
			request(fmt.Sprint(address, path), 1)
		}(path)
		time.Sleep(time.Duration(i%2+2) * time.Millisecond)
	}
	all.Wait()
	time.Sleep(300 * time.Millisecond)
	request(address+"/east", 2)
	record()
}
