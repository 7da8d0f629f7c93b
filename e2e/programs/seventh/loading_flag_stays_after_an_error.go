package main

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

type page struct {
	loading bool
	data    []byte
}

// pages reads a page once; who wants it meanwhile waits for who reads it.
type pages struct {
	mu     sync.Mutex
	change *sync.Cond
	byID   map[string]*page
	origin func(id string) ([]byte, error)
}

func newPages(origin func(string) ([]byte, error)) *pages {
	p := &pages{byID: map[string]*page{}, origin: origin}
	p.change = sync.NewCond(&p.mu)
	return p
}

func (p *pages) get(id string) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok := p.byID[id]
	if !ok {
		found = &page{}
		p.byID[id] = found
	}
	for found.loading {
		p.change.Wait() // leaks
	}
	if found.data != nil {
		return found.data, nil
	}
	found.loading = true
	p.mu.Unlock()
	data, err := p.origin(id)
	p.mu.Lock()
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", id, err)
	}
	found.data = data
	found.loading = false
	p.change.Broadcast()
	return data, nil
}

func (p *pages) warm(ids ...string) {
	for {
		for _, id := range ids {
			p.get(id)
		}
		time.Sleep(15 * time.Millisecond)
	}
}

func main() {
	p := newPages(func(id string) ([]byte, error) {
		time.Sleep(10 * time.Millisecond)
		if id == "/404" {
			return nil, errors.New("not there")
		}
		return []byte(id), nil
	})
	go p.warm("/", "/about")
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := p.get(r.URL.Path)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Write(data)
	}))
	request(address+"/", 5)
	request(address+"/404", 9)
	request(address+"/about", 5)
	time.Sleep(200 * time.Millisecond)
	record()
}
