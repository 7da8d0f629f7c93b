package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// mirror serves large files, slowly.
type mirror struct {
	server *http.Server
	idle   chan struct{}
	scan   *time.Ticker
	quit   chan struct{}
	loops  sync.WaitGroup
}

func (m *mirror) download(w http.ResponseWriter, r *http.Request) {
	for i := 0; i < 200; i++ {
		if _, err := w.Write(make([]byte, 512)); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		time.Sleep(20 * time.Millisecond)
	}
}

func (m *mirror) rescan() {
	defer m.loops.Done()
	for {
		select {
		case <-m.scan.C:
		case <-m.quit:
			return
		}
	}
}

func (m *mirror) stopOn(signals <-chan os.Signal) {
	fmt.Println("stopping on", <-signals)
	if err := m.server.Shutdown(context.Background()); err != nil {
		fmt.Println(err)
	}
	close(m.quit)
	m.loops.Wait()
	close(m.idle)
}

func visitor(address string) {
	var all sync.WaitGroup
	for i := 0; i < 9; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			response, err := http.Get("http://" + address + "/iso")
			if err != nil {
				return
			}
			defer response.Body.Close()
			io.Copy(io.Discard, response.Body)
		}()
	}
	all.Wait()
	os.Exit(0)
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		visitor(address)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	m := &mirror{idle: make(chan struct{}), scan: time.NewTicker(time.Minute), quit: make(chan struct{})}
	m.server = &http.Server{Handler: http.HandlerFunc(m.download)}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go m.stopOn(signals)
	for i := 0; i < 2; i++ {
		m.loops.Add(1)
		go m.rescan()
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+l.Addr().String())
	if err := command.Start(); err != nil {
		panic(err)
	}
	go func() {
		time.Sleep(700 * time.Millisecond)
		syscall.Kill(os.Getpid(), syscall.SIGTERM)
		time.Sleep(800 * time.Millisecond)
		record()
	}()
	if err := m.server.Serve(l); err != http.ErrServerClosed {
		fmt.Println(err)
	}
	<-m.idle
}
