package main

import (
	"net/http"
	"sync"
	"time"
)

type account struct {
	sync.Mutex
	id      string
	balance int
}

type bank struct{ accounts map[string]*account }

func (b *bank) transfer(from, to *account, amount int) {
	from.Lock() // leaks
	defer from.Unlock()
	time.Sleep(5 * time.Millisecond)
	to.Lock() // leaks
	defer to.Unlock()
	from.balance -= amount
	to.balance += amount
}

func (b *bank) handle(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	b.transfer(b.accounts[q.Get("from")], b.accounts[q.Get("to")], 1)
}

func (b *bank) interest() {
	for {
		for _, id := range []string{"c", "d"} {
			a := b.accounts[id]
			a.Lock()
			a.balance += a.balance / 100
			a.Unlock()
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func main() {
	b := &bank{accounts: map[string]*account{}}
	for _, id := range []string{"a", "b", "c", "d"} {
		b.accounts[id] = &account{id: id, balance: 1000}
	}
	go b.interest()
	address := listen(http.HandlerFunc(b.handle))
	var all sync.WaitGroup
	for _, query := range []string{"?from=a&to=b", "?from=b&to=a", "?from=c&to=d"} {
		query := query
		all.Add(1)
		go func() {
			defer all.Done()
			request(address+"/"+query, 4)
		}()
	}
	all.Wait()
	record()
}
