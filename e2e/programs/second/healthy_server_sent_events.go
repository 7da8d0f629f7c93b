package main

import (
	"fmt"
	"net/http"
	"time"
)

func clock(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.(http.Flusher).Flush()
	ticker := time.NewTicker(10 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case now := <-ticker.C:
			fmt.Fprintf(w, "data: %s\n\n", now)
		case <-r.Context().Done():
			return
		}
	}
}

func main() {
	address := listen(http.HandlerFunc(clock))
	var responses []*http.Response
	for i := 0; i < 12; i++ {
		response, err := http.Get("http://" + address + "/clock")
		if err != nil {
			panic(err)
		}
		responses = append(responses, response)
	}
	record()
	for _, r := range responses {
		r.Body.Close()
	}
}
