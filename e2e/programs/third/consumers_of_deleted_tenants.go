package main

import (
	"net/http"
	"sync"
)

type outbox struct {
	mu    sync.Mutex
	added *sync.Cond
	mails []string
}

func (o *outbox) deliver() {
	for {
		o.mu.Lock()
		for len(o.mails) == 0 {
			o.added.Wait() // leaks
		}
		o.mails = o.mails[1:]
		o.mu.Unlock()
	}
}

type tenants struct {
	mu  sync.Mutex
	all map[string]*outbox
}

func (t *tenants) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch r.URL.Path {
	case "/create":
		o := &outbox{}
		o.added = sync.NewCond(&o.mu)
		t.all["x"] = o
		go o.deliver()
	case "/delete":
		delete(t.all, "x")
	}
}

func main() {
	address := listen(&tenants{all: map[string]*outbox{}})
	for i := 0; i < 21; i++ {
		request(address+"/create", 1)
		request(address+"/delete", 1)
	}
	record()
}
