package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// group runs functions, so many at once; the first error ends the rest.
type group struct {
	cancel context.CancelFunc
	wg     sync.WaitGroup
	slots  chan struct{}
	once   sync.Once
	err    error
}

func withLimit(ctx context.Context, n int) (*group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &group{cancel: cancel, slots: make(chan struct{}, n)}, ctx
}

func (g *group) Go(f func() error) {
	g.slots <- struct{}{}
	g.wg.Add(1)
	go func() {
		defer func() {
			<-g.slots
			g.wg.Done()
		}()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel()
			})
		}
	}()
}

func (g *group) Wait() error {
	g.wg.Wait()
	g.cancel()
	return g.err
}

func upload(ctx context.Context, url, part string) error {
	request, err := http.NewRequestWithContext(ctx, "PUT", url, strings.NewReader(part))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

func object(ctx context.Context, url string, parts int) error {
	g, ctx := withLimit(ctx, 4)
	for i := 0; i < parts; i++ {
		part := fmt.Sprint("part", i)
		g.Go(func() error { return upload(ctx, url, part) })
	}
	return g.Wait()
}

func bucket() {
	time.AfterFunc(6*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		time.Sleep(700 * time.Millisecond)
	}))
}

func main() {
	if os.Getenv("PEER") != "" {
		bucket()
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
	for _, parts := range []int{3, 12, 30} {
		parts := parts
		go func() {
			fmt.Println(object(context.Background(), url, parts))
		}()
	}
	time.Sleep(400 * time.Millisecond)
	record()
}
