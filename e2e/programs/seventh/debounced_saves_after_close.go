package main

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

type document struct {
	id, text string
}

// editor saves what was typed once nobody typed for a while.
type editor struct {
	mu     sync.Mutex
	timers map[string]*time.Timer
	texts  map[string]string
	saves  chan document
	quit   chan struct{}
}

func newEditor() *editor {
	e := &editor{timers: map[string]*time.Timer{}, texts: map[string]string{}, saves: make(chan document), quit: make(chan struct{})}
	go e.run()
	return e
}

func (e *editor) typed(id, text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.texts[id] = text
	if timer := e.timers[id]; timer != nil {
		timer.Reset(40 * time.Millisecond)
		return
	}
	e.timers[id] = time.AfterFunc(40*time.Millisecond, func() { e.save(id) })
}

func (e *editor) save(id string) {
	e.mu.Lock()
	text := e.texts[id]
	e.mu.Unlock()
	e.saves <- document{id, text} // leaks
}

func (e *editor) run() {
	for {
		select {
		case d := <-e.saves:
			fmt.Fprintln(io.Discard, d.id, d.text)
		case <-e.quit:
			return
		}
	}
}

func (e *editor) close() { close(e.quit) }

func main() {
	var mu sync.Mutex
	editors := map[string]*editor{}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		mu.Lock()
		defer mu.Unlock()
		e := editors[q.Get("room")]
		if e == nil {
			e = newEditor()
			editors[q.Get("room")] = e
		}
		if r.URL.Path == "/leave" {
			e.close()
			delete(editors, q.Get("room"))
			return
		}
		e.typed(q.Get("doc"), "hello")
	}))
	for room := 0; room < 6; room++ {
		for doc := 0; doc < 3; doc++ {
			request(fmt.Sprint(address, "/type?room=", room, "&doc=", doc), 1)
		}
		if room%2 == 0 {
			request(fmt.Sprint(address, "/leave?room=", room), 1)
		}
	}
	time.Sleep(200 * time.Millisecond)
	record()
}
