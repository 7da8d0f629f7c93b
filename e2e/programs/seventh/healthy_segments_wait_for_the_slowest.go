package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

type piece struct {
	number int
	after  <-chan struct{}
	done   chan struct{}
}

// fetcher reads pieces at once and writes them in their order.
type fetcher struct {
	from string
	out  *bufio.Writer
}

func (f *fetcher) fetch(p piece) {
	defer close(p.done)
	text := "lost\n"
	if response, err := http.Get(fmt.Sprint("http://", f.from, "/", p.number)); err == nil {
		data, _ := io.ReadAll(response.Body)
		response.Body.Close()
		text = string(data)
	}
	<-p.after
	f.out.WriteString(text)
}

func (f *fetcher) all(n int) {
	var after chan struct{}
	first := make(chan struct{})
	close(first)
	after = first
	for i := 0; i < n; i++ {
		p := piece{i, after, make(chan struct{})}
		go f.fetch(p)
		after = p.done
	}
	<-after
	f.out.Flush()
}

func archive() {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/3" {
			time.Sleep(1500 * time.Millisecond)
		}
		fmt.Fprintln(w, r.URL.Path)
	}))
}

func main() {
	if os.Getenv("PEER") != "" {
		archive()
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
	at := l.Addr().String()
	l.Close()
	file.Close()
	var all sync.WaitGroup
	for i := 0; i < 3; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for {
				f := &fetcher{at, bufio.NewWriter(io.Discard)}
				f.all(14)
			}
		}()
	}
	time.Sleep(time.Second)
	record()
}
