package main

import (
	"net/http"
	"sync"
)

type store struct {
	mu   sync.RWMutex
	rows []string
}

type cursor struct {
	s  *store
	at int
}

func (s *store) scan() *cursor {
	s.mu.RLock() // leaks
	return &cursor{s, 0}
}

func (c *cursor) close() { c.s.mu.RUnlock() }

func (s *store) insert(row string) {
	s.mu.Lock() // leaks
	defer s.mu.Unlock()
	s.rows = append(s.rows, row)
}

func main() {
	s := &store{}
	mux := http.NewServeMux()
	mux.HandleFunc("/find", func(w http.ResponseWriter, r *http.Request) {
		c := s.scan()
		if len(s.rows) == 0 {
			http.NotFound(w, r)
			return
		}
		c.close()
	})
	mux.HandleFunc("/add", func(http.ResponseWriter, *http.Request) { s.insert("row") })
	address := listen(mux)
	request(address+"/find", 1)
	request(address+"/add", 3)
	request(address+"/find", 5)
	record()
}
