package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// routes keeps what was found for a host; a host not known is looked up.
type routes struct {
	sync.RWMutex
	known map[string]string
}

func (r *routes) lookup(host string) string {
	time.Sleep(time.Millisecond)
	return "10.0.0." + fmt.Sprint(len(host))
}

func (r *routes) remember(host, to string) {
	r.Lock() // leaks
	defer r.Unlock()
	r.known[host] = to
}

func (r *routes) of(host string) string {
	r.RLock() // leaks
	defer r.RUnlock()
	if to, ok := r.known[host]; ok {
		return to
	}
	to := r.lookup(host)
	r.remember(host, to)
	return to
}

func (r *routes) size() int {
	r.RLock() // leaks
	defer r.RUnlock()
	return len(r.known)
}

type proxy struct {
	*routes
	served int
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, p.of(r.URL.Query().Get("host")))
}

func (p *proxy) watch(every time.Duration) {
	for range time.Tick(every) {
		p.served = p.size()
	}
}

func main() {
	p := &proxy{routes: &routes{known: map[string]string{"shop": "10.0.0.1", "blog": "10.0.0.2"}}}
	go p.watch(40 * time.Millisecond)
	address := listen(p)
	request(address+"/?host=shop", 5)
	request(address+"/?host=new", 1)
	request(address+"/?host=blog", 6)
	record()
}
