// Command kernels runs one small concurrency bug, or one healthy look-alike, and writes what the runtime then says of
// its goroutines. Lines marked "// leaks" are where leaked goroutines stand; "// leaks in F" names the function where
// that is the standard library's. Whatever stands elsewhere is healthy. The bugs are written after the descriptions of
// well-known ones, none is copied.
package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"
)

// kernel is one program: tuned ones may be looked at when rules are written, held ones only judge them. Which are which
// was drawn by lot before any was judged.
type kernel struct {
	run     func()
	healthy bool
	held    bool
	many    bool // one alone looks like what it should be
	blocks  bool // its caller stands, too
}

const (
	tuned = false
	held  = true
)

var kernels = map[string]kernel{}

func main() {
	name := flag.String("kernel", "", "which one; empty lists all")
	style := flag.String("style", "script", "script: main runs it; service: a server's handlers do (leaks), or its start (healthy); debug: main, beside a port for profiles; test")
	copies := flag.Int("copies", 1, "how often a leaking one runs")
	aged := flag.Bool("aged", false, "dump again after a garbage collection and more than a minute")
	out := flag.String("out", ".", "folder for the dumps")
	flag.Parse()
	if *name == "" {
		list()
		return
	}
	if *style == "visitor" {
		visitor(*name, *out, *aged)
		return
	}
	k, known := kernels[*name]
	if !known {
		fmt.Fprintln(os.Stderr, "no such kernel:", *name)
		os.Exit(2)
	}
	times := *copies
	if k.healthy {
		times = 1
	}
	switch *style {
	case "service":
		address := serve(k)
		for i := 0; i < times && !k.healthy; i++ {
			request(address)
		}
		record(*out, *aged)
	case "debug":
		address := listen(http.DefaultServeMux)
		visit(address, *out, *aged)
		repeat(k, times)
		select {}
	case "test":
		testing.Main(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{{Name: *name, F: func(t *testing.T) {
			repeat(k, times)
			record(*out, *aged)
		}}}, nil, nil)
	default:
		if k.blocks {
			go func() {
				record(*out, *aged)
				os.Exit(0)
			}()
		}
		repeat(k, times)
		record(*out, *aged)
	}
}

// repeat runs a kernel; of those that do not return all but the first have goroutines of their own.
func repeat(k kernel, times int) {
	for i := 1; i < times; i++ {
		if k.blocks {
			go k.run()
		} else {
			k.run()
		}
	}
	k.run()
}

func record(out string, aged bool) {
	time.Sleep(400 * time.Millisecond)
	write(out, "young")
	if aged {
		runtime.GC()
		time.Sleep(62 * time.Second)
		write(out, "aged")
	}
}

// listen serves profiles only, as a program does that has nothing else to serve.
func listen(handler http.Handler) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/exit", func(http.ResponseWriter, *http.Request) { os.Exit(0) })
	go http.Serve(listener, handler)
	return listener.Addr().String()
}

// visit lets another process fetch the profiles, so that this one has no goroutines to ask for them.
func visit(address, out string, aged bool) {
	arguments := []string{os.Args[0], "-style", "visitor", "-kernel", address, "-out", out}
	if aged {
		arguments = append(arguments, "-aged")
	}
	_, err := syscall.ForkExec(os.Args[0], arguments, &syscall.ProcAttr{Files: []uintptr{0, 1, 2}})
	if err != nil {
		panic(err)
	}
}

func visitor(address, out string, aged bool) {
	time.Sleep(400 * time.Millisecond)
	fetch(address, out, "young")
	if aged {
		http.Get("http://" + address + "/debug/pprof/heap?gc=1")
		time.Sleep(62 * time.Second)
		fetch(address, out, "aged")
	}
	http.Get("http://" + address + "/exit")
}

func fetch(address, out, when string) {
	for query, ending := range map[string]string{"?debug=2": "-debug2.txt", "?debug=1": "-debug1.txt", "": ".pb.gz"} {
		response, err := http.Get("http://" + address + "/debug/pprof/goroutine" + query)
		if err != nil {
			panic(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil {
			panic(err)
		}
		if err := os.WriteFile(filepath.Join(out, when+"-goroutine"+ending), body, 0o644); err != nil {
			panic(err)
		}
	}
}

func list() {
	var names []string
	for name := range kernels {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		k := kernels[name]
		fmt.Println(name, truth(k.healthy, "healthy", "leaking"), truth(k.held, "held", "tuned"), truth(k.many, "many", "any"), truth(k.blocks, "blocks", "returns"))
	}
}

func truth(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// serve starts what a service has: a listener, a handler of signals, and the kernel where it belongs.
func serve(k kernel) string {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	if k.healthy {
		k.run()
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/run", func(w http.ResponseWriter, r *http.Request) {
		k.run()
	})
	server := &http.Server{Handler: mux}
	go server.Serve(listener)
	go func() {
		<-signals
		server.Close()
	}()
	return listener.Addr().String()
}

func request(address string) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 150 * time.Millisecond}
	response, err := client.Get("http://" + address + "/run")
	if err == nil {
		response.Body.Close()
	}
}

func write(folder, when string) {
	for profile, debugs := range map[string][]int{"goroutine": {2, 1, 0}, "goroutineleak": {2, 1, 0}} {
		for _, debug := range debugs {
			if pprof.Lookup(profile) == nil {
				continue
			}
			ending := "txt"
			if debug == 0 {
				ending = "pb.gz"
			}
			file := fmt.Sprintf("%s-%s-debug%d.%s", when, profile, debug, ending)
			f, err := os.Create(filepath.Join(folder, strings.ReplaceAll(file, "-debug0", "")))
			if err != nil {
				panic(err)
			}
			if err := pprof.Lookup(profile).WriteTo(f, debug); err != nil {
				panic(err)
			}
			f.Close()
		}
	}
}
