// Command kernels runs one small concurrency bug, or one healthy look-alike, and writes what the runtime then says of
// its goroutines. Lines marked "// leaks" are where leaked goroutines stand; "// leaks in F" names the function where
// that is the standard library's. Whatever stands elsewhere is healthy. The bugs are written after the descriptions of
// well-known ones, none is copied.
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sort"
	"strings"
	"syscall"
	"time"
)

// kernel is one program: tuned ones may be looked at when rules are written, held ones only judge them.
type kernel struct {
	run     func()
	healthy bool
	held    bool
	many    bool // one alone looks like what it should be
}

var kernels = map[string]kernel{}

func main() {
	name := flag.String("kernel", "", "which one; empty lists all")
	style := flag.String("style", "script", "script: main runs it; service: a server's handlers do (leaks), or its start (healthy)")
	copies := flag.Int("copies", 1, "how often a leaking one runs")
	aged := flag.Bool("aged", false, "dump again after a garbage collection and more than a minute")
	out := flag.String("out", ".", "folder for the dumps")
	flag.Parse()
	if *name == "" {
		list()
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
	if *style == "service" {
		address := serve(k)
		for i := 0; i < times && !k.healthy; i++ {
			request(address)
		}
	} else {
		for i := 0; i < times; i++ {
			k.run()
		}
	}
	time.Sleep(400 * time.Millisecond)
	write(*out, "young", *style)
	if *aged {
		runtime.GC()
		time.Sleep(62 * time.Second)
		write(*out, "aged", *style)
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
		fmt.Println(name, truth(k.healthy, "healthy", "leaking"), truth(k.held, "held", "tuned"), truth(k.many, "many", "any"))
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

func write(folder, when, style string) {
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
