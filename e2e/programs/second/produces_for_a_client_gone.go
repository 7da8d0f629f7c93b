package main

import (
	"fmt"
	"net/http"
	"time"
)

func rows(n int) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			out <- fmt.Sprint("row ", i) // leaks
		}
	}()
	return out
}

func main() {
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		source := rows(1000)
		for {
			select {
			case row, more := <-source:
				if !more {
					return
				}
				fmt.Fprintln(w, row)
				time.Sleep(3 * time.Millisecond)
			case <-r.Context().Done():
				return
			}
		}
	})), 24)
	record()
}
