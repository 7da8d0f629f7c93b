package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

type price struct {
	sku   int
	cents int
	err   error
}

type warehouse struct{ delay time.Duration }

func (w warehouse) price(sku int) price {
	time.Sleep(w.delay)
	return price{sku: sku, cents: sku * 100}
}

// quote asks for the price of each line of an order; most orders have three lines.
func (w warehouse) quote(lines int) int {
	found := make(chan price, 10)
	var asked sync.WaitGroup
	for sku := 1; sku <= lines; sku++ {
		asked.Add(1)
		go func(sku int) {
			defer asked.Done()
			found <- w.price(sku) // leaks
		}(sku)
	}
	asked.Wait() // leaks
	close(found)
	total := 0
	for p := range found {
		total += p.cents
	}
	return total
}

func (w warehouse) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	lines, err := strconv.Atoi(r.URL.Query().Get("lines"))
	if err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprintln(out, w.quote(lines))
}

func main() {
	address := listen(warehouse{time.Millisecond})
	request(address+"/quote?lines=3", 10)
	request(address+"/quote?lines=16", 4)
	request(address+"/quote?lines=8", 2)
	record()
}
