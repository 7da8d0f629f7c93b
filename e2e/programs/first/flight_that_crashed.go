package main

import (
	"net/http"
	"sync"
	"time"
)

type call struct {
	done  sync.WaitGroup
	value string
}

type flights struct {
	mu    sync.Mutex
	calls map[string]*call
}

func (f *flights) do(key string, fn func() string) string {
	f.mu.Lock()
	if c, ok := f.calls[key]; ok {
		f.mu.Unlock()
		c.done.Wait() // leaks
		return c.value
	}
	c := &call{}
	c.done.Add(1)
	f.calls[key] = c
	f.mu.Unlock()
	c.value = fn()
	c.done.Done()
	return c.value
}

func main() {
	f := &flights{calls: map[string]*call{}}
	http.DefaultServeMux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		f.do("user", func() string {
			time.Sleep(5 * time.Millisecond)
			panic(http.ErrAbortHandler)
		})
	})
	request(listen(http.DefaultServeMux)+"/", 9)
	record()
}
