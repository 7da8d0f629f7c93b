package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// aggregator asks feeds whether they changed, by their status alone.
type aggregator struct {
	client *http.Client
	up     map[string]bool
	out    chan string
}

func (a *aggregator) check(url string) error {
	response, err := a.client.Get(url)
	if err != nil {
		return err
	}
	a.up[url] = response.StatusCode == http.StatusOK // leaks in net/http.(*persistConn).readLoop, net/http.(*persistConn).writeLoop, net/http.(*connReader).backgroundRead
	return nil
}

func (a *aggregator) run(ctx context.Context, urls []string) {
	ticker := time.NewTicker(40 * time.Millisecond)
	defer ticker.Stop()
	for {
		for _, url := range urls {
			if err := a.check(url); err != nil {
				a.out <- err.Error()
			}
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (a *aggregator) print() {
	for line := range a.out {
		fmt.Println(line)
	}
}

// feed sends news till its reader goes.
func feed(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "news: ", time.Now())
	w.(http.Flusher).Flush()
	<-r.Context().Done() // leaks
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/feed", feed)
	address := listen(mux)
	a := &aggregator{client: &http.Client{}, up: map[string]bool{}, out: make(chan string)}
	go a.print()
	go a.run(context.Background(), []string{"http://" + address + "/feed?a", "http://" + address + "/feed?b"})
	time.Sleep(100 * time.Millisecond)
	record()
}
