package main

import (
	"context"
	"net/http"
	"time"
)

type profile struct{ name string }

func load(ctx context.Context, slow bool) profile {
	if slow {
		time.Sleep(5 * time.Second)
	}
	time.Sleep(3 * time.Millisecond)
	return profile{"anna"}
}

func show(w http.ResponseWriter, r *http.Request) {
	limit := time.Millisecond
	slow := r.URL.Query().Get("slow") != ""
	if slow {
		limit = 8 * time.Second
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	loaded := make(chan profile)
	go func() {
		p := load(ctx, slow)
		loaded <- p // leaks
	}()
	select {
	case p := <-loaded:
		w.Write([]byte(p.name))
	case <-ctx.Done():
		w.WriteHeader(http.StatusGatewayTimeout)
	}
}

func main() {
	address := listen(http.HandlerFunc(show))
	request(address+"/profile", 60)
	for i := 0; i < 6; i++ {
		go http.Get("http://" + address + "/profile?slow=1")
	}
	record()
}
