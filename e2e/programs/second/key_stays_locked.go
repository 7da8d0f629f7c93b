package main

import (
	"errors"
	"net/http"
	"sync"
)

type keyed struct {
	mu    sync.Mutex
	locks map[string]chan struct{}
}

func (k *keyed) lock(key string) {
	k.mu.Lock()
	c, ok := k.locks[key]
	if !ok {
		c = make(chan struct{}, 1)
		k.locks[key] = c
	}
	k.mu.Unlock()
	c <- struct{}{} // leaks
}

func (k *keyed) unlock(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	<-k.locks[key]
}

func (k *keyed) transfer(from, to string) error {
	k.lock(from)
	if to == "" {
		return errors.New("to whom?")
	}
	k.lock(to)
	k.unlock(to)
	k.unlock(from)
	return nil
}

func main() {
	k := &keyed{locks: map[string]chan struct{}{}}
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = k.transfer("anna", r.URL.Query().Get("to"))
	})), 8)
	record()
}
