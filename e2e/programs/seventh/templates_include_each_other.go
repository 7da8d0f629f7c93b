package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

type flight[V any] struct {
	done  sync.WaitGroup
	value V
	err   error
}

// flights lets one do what many want at the same time.
type flights[K comparable, V any] struct {
	mu sync.Mutex
	m  map[K]*flight[V]
}

func (f *flights[K, V]) do(key K, load func() (V, error)) (V, error) {
	f.mu.Lock()
	if f.m == nil {
		f.m = map[K]*flight[V]{}
	}
	if other, found := f.m[key]; found {
		f.mu.Unlock()
		other.done.Wait() // leaks
		return other.value, other.err
	}
	mine := &flight[V]{}
	mine.done.Add(1)
	f.m[key] = mine
	f.mu.Unlock()
	mine.value, mine.err = load()
	mine.done.Done()
	f.mu.Lock()
	delete(f.m, key)
	f.mu.Unlock()
	return mine.value, mine.err
}

type engine struct {
	sources map[string]string
	flights flights[string, string]
}

func (e *engine) render(name string) (string, error) {
	return e.flights.do(name, func() (string, error) {
		time.Sleep(3 * time.Millisecond)
		var text strings.Builder
		for _, word := range strings.Fields(e.sources[name]) {
			if strings.HasPrefix(word, "@") {
				part, err := e.render(word[1:])
				if err != nil {
					return "", err
				}
				word = part
			}
			text.WriteString(word + " ")
		}
		return text.String(), nil
	})
}

func main() {
	e := &engine{sources: map[string]string{
		"home": "welcome @menu", "menu": "a b c", "shop": "buy @cart", "cart": "empty @offers", "offers": "see @shop",
	}}
	go func() {
		for {
			e.render("home")
			time.Sleep(10 * time.Millisecond)
		}
	}()
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := e.render(r.URL.Path[1:])
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		fmt.Fprint(w, text)
	}))
	var all sync.WaitGroup
	for _, path := range []string{"/shop", "/offers", "/cart", "/shop", "/home", "/shop", "/menu"} {
		all.Add(1)
		go func(path string) {
			defer all.Done()
			request(address+path, 2)
		}(path)
	}
	all.Wait()
	record()
}
