package main

import (
	"net/http"
	"sync"
	"time"
)

// registry reads plugins when it is first asked, and a plugin may ask for another.
type registry struct {
	once    sync.Once
	plugins map[string]func() string
	readers map[string]func(*registry) func() string
}

func (r *registry) get(name string) func() string {
	r.once.Do(r.read) // leaks
	return r.plugins[name]
}

func (r *registry) read() {
	r.plugins = map[string]func() string{}
	for name, read := range r.readers {
		r.plugins[name] = read(r)
	}
}

func plain(r *registry) func() string {
	return func() string { return "plain" }
}

func shiny(r *registry) func() string {
	base := r.get("plain")
	return func() string { return base() + "!" }
}

type mailer struct {
	*registry
	queue chan string
}

func (m *mailer) run() {
	for range m.queue {
		if template := m.get("shiny"); template != nil {
			template()
		}
	}
}

func main() {
	r := &registry{readers: map[string]func(*registry) func() string{"plain": plain, "shiny": shiny}}
	m := &mailer{registry: r, queue: make(chan string, 100)}
	for i := 0; i < 4; i++ {
		go m.run()
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.queue <- r.URL.Path
	}))
	request(address+"/welcome", 7)
	time.Sleep(20 * time.Millisecond)
	record()
}
