package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"time"
)

type answer struct {
	body string
	err  error
}

// prices asks a second replica when the first is slow, and takes who is sooner.
type prices struct {
	client   *http.Client
	replicas []string
}

func (p *prices) ask(ctx context.Context, url string) answer {
	request, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return answer{err: err}
	}
	response, err := p.client.Do(request)
	if err != nil {
		return answer{err: err}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{string(body), err}
}

func (p *prices) get(ctx context.Context) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan answer)
	for i, url := range p.replicas {
		hedge := time.Duration(i) * 2 * time.Millisecond
		url := url
		go func() {
			time.Sleep(hedge)
			answers <- p.ask(ctx, url) // leaks
		}()
	}
	first := <-answers
	return first.body, first.err
}

func upstream() {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(5 * time.Millisecond)
		io.WriteString(w, "12.50")
	}))
}

func main() {
	if os.Getenv("PEER") != "" {
		upstream()
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
	l.Close()
	file.Close()
	url := "http://" + l.Addr().String()
	p := &prices{client: &http.Client{}, replicas: []string{url + "/a", url + "/b"}}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := p.get(r.Context())
		io.WriteString(w, body)
	}))
	time.Sleep(100 * time.Millisecond)
	request(address, 25)
	record()
}
