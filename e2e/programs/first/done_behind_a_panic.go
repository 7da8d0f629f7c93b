package main

import (
	"net/http"
	"sync"
)

func price(shop int) (sum int) {
	if shop == 2 {
		panic("no such shop")
	}
	return shop
}

func compare(w http.ResponseWriter, r *http.Request) {
	var all sync.WaitGroup
	for shop := 0; shop < 3; shop++ {
		all.Add(1)
		go func(shop int) {
			defer func() { recover() }()
			price(shop)
			all.Done()
		}(shop)
	}
	all.Wait() // leaks
}

func main() {
	request(listen(http.HandlerFunc(compare))+"/", 12)
	record()
}
