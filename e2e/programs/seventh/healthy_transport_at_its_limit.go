package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync/atomic"
	"time"
)

// search asks a server that bears few connections.
type search struct {
	client *http.Client
	at     string
	found  atomic.Int64
}

func (s *search) ask(query string) error {
	response, err := s.client.Get("http://" + s.at + "/?q=" + query)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	s.found.Add(n)
	return err
}

func (s *search) index(id int) {
	for n := 0; ; n++ {
		if err := s.ask(fmt.Sprint(id, "-", n)); err != nil {
			fmt.Println(err)
			return
		}
	}
}

func peer() {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		time.Sleep(150 * time.Millisecond)
		fmt.Fprintln(w, "found nothing of", r.URL.RawQuery)
	}))
}

func main() {
	if os.Getenv("PEER") != "" {
		peer()
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	file, err := l.(*net.TCPListener).File()
	if err != nil {
		panic(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER=1")
	command.ExtraFiles = []*os.File{file}
	if err := command.Start(); err != nil {
		panic(err)
	}
	s := &search{client: &http.Client{Transport: &http.Transport{MaxConnsPerHost: 3}}, at: l.Addr().String()}
	l.Close()
	file.Close()
	for i := 0; i < 20; i++ {
		go s.index(i)
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, s.found.Load()) }))
	request(address+"/metrics", 2)
	time.Sleep(1300 * time.Millisecond)
	record()
}
