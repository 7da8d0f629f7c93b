package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// keeper ends tokens that were not used for a while.
type keeper struct {
	tokens map[string]time.Time
	added  chan string
	stop   chan struct{}
	expire func(string)
}

func (k *keeper) run(ttl time.Duration) {
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case t := <-k.added:
			k.tokens[t] = time.Now().Add(ttl)
		case now := <-ticker.C:
			for t, end := range k.tokens {
				if now.After(end) {
					k.expire(t)
					delete(k.tokens, t)
				}
			}
		case <-k.stop:
			return
		}
	}
}

type auth struct {
	mu     sync.Mutex
	users  map[string]string
	keeper *keeper
}

func (a *auth) login(w http.ResponseWriter, r *http.Request) {
	user := r.URL.Query().Get("user")
	token := fmt.Sprint(user, time.Now().UnixNano())
	a.mu.Lock() // leaks
	defer a.mu.Unlock()
	a.users[token] = user
	time.Sleep(12 * time.Millisecond)
	a.keeper.added <- token // leaks
	fmt.Fprintln(w, token)
}

func (a *auth) forget(token string) {
	a.mu.Lock() // leaks
	defer a.mu.Unlock()
	delete(a.users, token)
}

func (a *auth) audit() {
	for {
		time.Sleep(20 * time.Millisecond)
	}
}

func main() {
	a := &auth{users: map[string]string{}}
	a.keeper = &keeper{tokens: map[string]time.Time{}, added: make(chan string), stop: make(chan struct{}), expire: a.forget}
	go a.keeper.run(10 * time.Millisecond)
	go a.audit()
	mux := http.NewServeMux()
	mux.HandleFunc("/login", a.login)
	mux.HandleFunc("/alive", func(w http.ResponseWriter, r *http.Request) {})
	address := listen(mux)
	for i := 0; i < 8; i++ {
		request(fmt.Sprint(address, "/login?user=u", i), 1)
		request(address+"/alive", 1)
	}
	record()
}
