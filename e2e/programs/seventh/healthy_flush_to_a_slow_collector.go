package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"time"
)

type span struct {
	name  string
	flush chan<- struct{}
}

// tracer sends spans to a collector; flush waits until that has all that ended before.
type tracer struct {
	spans     chan span
	stop      chan struct{}
	collector string
}

func (t *tracer) end(name string) {
	select {
	case t.spans <- span{name: name}:
	default:
	}
}

func (t *tracer) flush(ctx context.Context) error {
	done := make(chan struct{})
	select {
	case t.spans <- span{flush: done}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *tracer) send(batch []string) {
	if len(batch) == 0 {
		return
	}
	response, err := http.Post("http://"+t.collector, "text/plain", bytes.NewBufferString(fmt.Sprint(batch)))
	if err != nil {
		fmt.Println(err)
		return
	}
	response.Body.Close()
}

func (t *tracer) run() {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	var batch []string
	for {
		select {
		case s := <-t.spans:
			if s.flush == nil {
				batch = append(batch, s.name)
				continue
			}
			t.send(batch)
			batch = batch[:0]
			close(s.flush)
		case <-ticker.C:
			t.send(batch)
			batch = batch[:0]
		case <-t.stop:
			return
		}
	}
}

func collector() {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { time.Sleep(300 * time.Millisecond) }))
}

// invoke is one call of a function that is frozen between its calls, so it flushes at the end of each.
func invoke(t *tracer, n int) {
	defer t.flush(context.Background())
	for i := 0; i < 5; i++ {
		t.end(fmt.Sprint("call-", n, "-", i))
	}
}

func main() {
	if os.Getenv("PEER") != "" {
		collector()
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
	t := &tracer{make(chan span, 64), make(chan struct{}), l.Addr().String()}
	l.Close()
	file.Close()
	go t.run()
	for i := 0; i < 9; i++ {
		go func(i int) {
			for {
				invoke(t, i)
			}
		}(i)
	}
	time.Sleep(1400 * time.Millisecond)
	record()
}
