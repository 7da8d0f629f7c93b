package main

import (
	"encoding/json"
	"net/http"
	"os"
	"sync"
	"time"
)

// ledger keeps its lock while it is written down, which the disk makes long.
type ledger struct {
	mu      sync.RWMutex
	entries []int
	file    *os.File
}

func (l *ledger) flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := json.NewEncoder(l.file).Encode(l.entries); err != nil {
		return err
	}
	time.Sleep(40 * time.Millisecond)
	return l.file.Sync()
}

func (l *ledger) book(amount int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, amount)
}

func (l *ledger) balance() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	sum := 0
	for _, amount := range l.entries {
		sum += amount
	}
	return sum
}

func main() {
	file, err := os.CreateTemp("", "ledger")
	if err != nil {
		panic(err)
	}
	os.Remove(file.Name())
	l := &ledger{file: file}
	go func() {
		for range time.Tick(2 * time.Millisecond) {
			if l.flush() != nil {
				return
			}
		}
	}()
	mux := http.NewServeMux()
	mux.HandleFunc("/book", func(w http.ResponseWriter, r *http.Request) { l.book(1) })
	mux.HandleFunc("/balance", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(l.balance())
	})
	address := listen(mux)
	for i := 0; i < 6; i++ {
		for _, path := range []string{"/book", "/balance"} {
			go func(path string) {
				for {
					if response, err := http.Get("http://" + address + path); err == nil {
						response.Body.Close()
					}
				}
			}(path)
		}
	}
	record()
}
