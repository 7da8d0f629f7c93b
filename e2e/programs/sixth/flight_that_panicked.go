package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"sync"
	"time"
)

type call[V any] struct {
	wg  sync.WaitGroup
	val V
	err error
}

// flights asks once for all who want the same key at the same time.
type flights[V any] struct {
	mu    sync.Mutex
	calls map[string]*call[V]
}

func (f *flights[V]) do(key string, load func() (V, error)) (V, error) {
	f.mu.Lock()
	if c, ok := f.calls[key]; ok {
		f.mu.Unlock()
		c.wg.Wait() // leaks
		return c.val, c.err
	}
	c := new(call[V])
	c.wg.Add(1)
	f.calls[key] = c
	f.mu.Unlock()
	c.val, c.err = load()
	c.wg.Done()
	f.mu.Lock()
	delete(f.calls, key)
	f.mu.Unlock()
	return c.val, c.err
}

type profile struct {
	Name string
	Team *struct{ Name string }
}

type users struct{ flights flights[string] }

func (u *users) load(raw string) (string, error) {
	var p profile
	if err := json.Unmarshal([]byte(raw), &p); err != nil {
		return "", err
	}
	time.Sleep(2 * time.Millisecond)
	return p.Name + "@" + p.Team.Name, nil
}

func (u *users) get(w http.ResponseWriter, r *http.Request) {
	raw := `{"Name":"ann","Team":{"Name":"core"}}`
	if r.URL.Query().Get("id") == "17" {
		raw = `{"Name":"bob"}`
	}
	s, err := u.flights.do(r.URL.Query().Get("id"), func() (string, error) { return u.load(raw) })
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	io.WriteString(w, s)
}

func main() {
	log.SetOutput(io.Discard)
	u := &users{flights: flights[string]{calls: map[string]*call[string]{}}}
	mux := http.NewServeMux()
	mux.HandleFunc("/user", u.get)
	address := listen(mux)
	for i := 0; i < 6; i++ {
		request(address+"/user?id=3", 1)
		request(address+"/user?id=17", 1)
	}
	record()
}
