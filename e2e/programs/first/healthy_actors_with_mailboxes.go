package main

import (
	"net/http"
	"strings"
)

type actor struct {
	name string
	mail chan string
	quit chan struct{}
}

func (a *actor) live() {
	for {
		select {
		case m := <-a.mail:
			_ = m
		case <-a.quit:
			return
		}
	}
}

type theatre map[string]*actor

func (t theatre) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := t[strings.TrimPrefix(r.URL.Path, "/")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	a.mail <- r.Method
}

func main() {
	t := theatre{}
	for _, name := range []string{"romeo", "juliet", "nurse", "prince", "friar"} {
		t[name] = &actor{name, make(chan string), make(chan struct{})}
		go t[name].live()
	}
	request(listen(t)+"/romeo", 3)
	record()
}
