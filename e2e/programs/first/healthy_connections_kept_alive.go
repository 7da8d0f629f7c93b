package main

import (
	"io"
	"net/http"
	"sync"
)

func main() {
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "pong")
	}))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 20}}
	var all sync.WaitGroup
	for i := 0; i < 20; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			response, err := client.Get("http://" + address)
			if err != nil {
				return
			}
			defer response.Body.Close()
			io.Copy(io.Discard, response.Body)
		}()
	}
	all.Wait()
	record()
}
