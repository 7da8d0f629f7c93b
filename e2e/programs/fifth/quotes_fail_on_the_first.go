package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// shop answers with prices; a refresher keeps its rates fresh.
type shop struct {
	mu    sync.RWMutex
	rates map[string]float64
}

func (s *shop) refresh(ctx context.Context) {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			s.mu.Lock()
			s.rates["EUR"] += 0.01
			s.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

func (s *shop) price(sku string) (float64, error) {
	if len(sku) > 4 {
		return 0, errors.New("unknown: " + sku)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rates["EUR"], nil
}

func (s *shop) stock(sku string) int {
	time.Sleep(3 * time.Millisecond)
	return len(sku)
}

func (s *shop) quote(w http.ResponseWriter, r *http.Request) {
	sku := r.URL.Query().Get("sku")
	price, failed, stock := make(chan float64), make(chan error), make(chan int)
	go func() {
		p, err := s.price(sku)
		if err != nil {
			failed <- err
			return
		}
		price <- p
	}()
	go func() {
		stock <- s.stock(sku) // leaks
	}()
	var p float64
	select {
	case err := <-failed:
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	case p = <-price:
	}
	fmt.Fprintln(w, p, <-stock)
}

func main() {
	s := &shop{rates: map[string]float64{"EUR": 1}}
	go s.refresh(context.Background())
	mux := http.NewServeMux()
	mux.HandleFunc("/quote", s.quote)
	address := listen(mux)
	request(address+"/quote?sku=pen", 10)
	request(address+"/quote?sku=hammer", 5)
	record()
}
