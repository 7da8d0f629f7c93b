package main

import (
	"context"
	"net/http"
)

type notifier struct{ changed chan string }

func (n *notifier) wait(ctx context.Context) (string, error) {
	select { // leaks
	case what := <-n.changed:
		return what, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func main() {
	n := &notifier{make(chan string)}
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		go n.wait(context.Background())
	}))+"/wait", 80)
	record()
}
