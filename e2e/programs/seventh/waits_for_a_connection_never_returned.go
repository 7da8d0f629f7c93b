package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// catalogue is asked for products over few connections.
type catalogue struct {
	client *http.Client
	base   string
}

type product struct{ Name string }

func (c *catalogue) product(id int) (*product, error) {
	response, err := c.client.Get(c.base + "/products/" + strconv.Itoa(id)) // leaks in net/http.(*persistConn).readLoop, net/http.(*persistConn).writeLoop
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("product %d: %s", id, response.Status)
	}
	defer response.Body.Close()
	p := &product{}
	return p, json.NewDecoder(response.Body).Decode(p)
}

func peer() {
	time.AfterFunc(85*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "7") {
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprintln(w, strings.Repeat("no such product ", 8<<10))
			return
		}
		fmt.Fprintln(w, `{"Name": "chair"}`)
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
	c := &catalogue{&http.Client{Transport: &http.Transport{MaxConnsPerHost: 4}}, "http://" + l.Addr().String()}
	l.Close()
	file.Close()
	var mu sync.Mutex
	known := map[int]*product{}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, _ := strconv.Atoi(r.URL.Path[1:])
		p, err := c.product(id)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		mu.Lock()
		known[id] = p
		mu.Unlock()
		fmt.Fprintln(w, p.Name)
	}))
	time.Sleep(300 * time.Millisecond)
	for id := 1; id <= 50; id++ {
		request(fmt.Sprint(address, "/", id), 1)
	}
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
