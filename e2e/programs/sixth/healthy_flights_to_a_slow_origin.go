package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

type call[V any] struct {
	wg  sync.WaitGroup
	val V
	err error
}

// flights asks once for all who want the same key at the same time.
type flights[V any] struct {
	mu    sync.Mutex
	calls map[string]*call[V]
}

func (f *flights[V]) do(key string, load func() (V, error)) (V, error) {
	f.mu.Lock()
	if c, ok := f.calls[key]; ok {
		f.mu.Unlock()
		c.wg.Wait()
		return c.val, c.err
	}
	c := new(call[V])
	c.wg.Add(1)
	f.calls[key] = c
	f.mu.Unlock()
	defer func() {
		c.wg.Done()
		f.mu.Lock()
		delete(f.calls, key)
		f.mu.Unlock()
	}()
	c.val, c.err = load()
	return c.val, c.err
}

type edge struct {
	flights[[]byte]
	origin string
}

func (e *edge) fetch(path string) ([]byte, error) {
	response, err := http.Get(e.origin + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

func (e *edge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page, err := e.do(r.URL.Path, func() ([]byte, error) { return e.fetch(r.URL.Path) })
	if err != nil {
		http.Error(w, err.Error(), 502)
		return
	}
	w.Write(page)
}

func origin() {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "<html>")
		w.(http.Flusher).Flush()
		time.Sleep(2500 * time.Millisecond)
		io.WriteString(w, "</html>")
	}))
}

func visitors(address string) {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	for i := 0; i < 24; i++ {
		path := fmt.Sprint("/page/", i%3)
		go func() {
			for {
				if response, err := http.Get("http://" + address + path); err == nil {
					io.Copy(io.Discard, response.Body)
					response.Body.Close()
				}
			}
		}()
	}
	select {}
}

func start(environment string, files ...*os.File) {
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), environment)
	command.ExtraFiles = files
	if err := command.Start(); err != nil {
		panic(err)
	}
}

func main() {
	switch at := os.Getenv("PEER"); at {
	case "":
	case "origin":
		origin()
	default:
		visitors(at)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	file, err := l.(*net.TCPListener).File()
	if err != nil {
		panic(err)
	}
	start("PEER=origin", file)
	l.Close()
	file.Close()
	e := &edge{flights[[]byte]{calls: map[string]*call[[]byte]{}}, "http://" + l.Addr().String()}
	start("PEER=" + listen(e))
	time.Sleep(time.Second)
	record()
}
