package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"path/filepath"
	dumps "runtime/pprof"
	"syscall"
	"time"
)

// What every program is built with: it writes what the runtime says of the goroutines to the folder DUMPS.

func init() {
	if address := os.Getenv("VISIT"); address != "" {
		time.Sleep(300 * time.Millisecond)
		fetch(address)
		syscall.Kill(os.Getppid(), syscall.SIGKILL)
		os.Exit(0)
	}
}

// record is for programs whose main goroutine gets to its end.
func record() {
	time.Sleep(300 * time.Millisecond)
	for debug, ending := range map[int]string{2: "-debug2.txt", 1: "-debug1.txt", 0: ".pb.gz"} {
		write(ending, func(file io.Writer) error { return dumps.Lookup("goroutine").WriteTo(file, debug) })
	}
}

// recordSoon is for programs whose main goroutine stands itself.
func recordSoon() {
	go func() {
		record()
		os.Exit(3)
	}()
}

// profiled serves profiles, and lets another process fetch them.
func profiled() {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	address := listen(mux)
	_, err := syscall.ForkExec(os.Args[0], os.Args[:1], &syscall.ProcAttr{
		Env: append(os.Environ(), "VISIT="+address), Files: []uintptr{0, 1, 2}})
	if err != nil {
		panic(err)
	}
}

// listen serves on a free port.
func listen(handler http.Handler) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(listener, handler)
	return listener.Addr().String()
}

// request asks for a page so many times, and waits for each no longer than a moment.
func request(url string, times int) {
	for i := 0; i < times; i++ {
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 30 * time.Millisecond}
		if response, err := client.Get("http://" + url); err == nil {
			response.Body.Close()
		}
	}
}

func fetch(address string) {
	for query, ending := range map[string]string{"2": "-debug2.txt", "1": "-debug1.txt", "0": ".pb.gz"} {
		response, err := http.Get(fmt.Sprint("http://", address, "/debug/pprof/goroutine?debug=", query))
		if err != nil {
			panic(err)
		}
		write(ending, func(file io.Writer) error {
			_, err := io.Copy(file, response.Body)
			return err
		})
		response.Body.Close()
	}
}

func write(ending string, to func(io.Writer) error) {
	file, err := os.Create(filepath.Join(os.Getenv("DUMPS"), "goroutine"+ending))
	if err != nil {
		panic(err)
	}
	if err := to(file); err != nil {
		panic(err)
	}
	file.Close()
}
