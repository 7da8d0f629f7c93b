package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// admin serves what operators ask for, the end included.
type admin struct {
	server  *http.Server
	stopped chan struct{}
}

func newAdmin() *admin {
	a := &admin{stopped: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("/quit", a.quit)
	mux.HandleFunc("/status", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "fine") })
	a.server = &http.Server{Handler: mux}
	return a
}

func (a *admin) quit(w http.ResponseWriter, r *http.Request) {
	a.server.Shutdown(context.Background()) // leaks
	close(a.stopped)
}

func (a *admin) serve(l net.Listener) {
	if err := a.server.Serve(l); err != http.ErrServerClosed {
		fmt.Println(err)
		return
	}
	<-a.stopped // leaks
	fmt.Println("bye")
}

func main() {
	for i := 0; i < 3; i++ {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		a := newAdmin()
		go a.serve(l)
		request(l.Addr().String()+"/status", 2)
		if i > 0 {
			request(l.Addr().String()+"/quit", 1)
		}
	}
	time.Sleep(1200 * time.Millisecond)
	record()
}
