package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

type call struct {
	ID     int
	Method string
	Answer string
	done   chan struct{}
}

// plugin is a process that is told what to do by lines on its input.
type plugin struct {
	command *exec.Cmd
	mu      sync.Mutex
	to      *json.Encoder
	pending map[int]*call
	last    int
}

func load() (*plugin, error) {
	p := &plugin{command: exec.Command(os.Args[0]), pending: map[int]*call{}}
	p.command.Env = append(os.Environ(), "PLUGIN=1")
	in, err := p.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.to = json.NewEncoder(in)
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go p.read(out)
	return p, nil
}

func (p *plugin) read(out io.Reader) {
	answers := json.NewDecoder(out)
	for {
		var a call
		if err := answers.Decode(&a); err != nil {
			fmt.Println("plugin:", err, p.command.Wait())
			return
		}
		p.mu.Lock()
		c := p.pending[a.ID]
		delete(p.pending, a.ID)
		p.mu.Unlock()
		if c != nil {
			c.Answer = a.Answer
			close(c.done)
		}
	}
}

func (p *plugin) call(method string) (string, error) {
	p.mu.Lock()
	p.last++
	c := &call{ID: p.last, Method: method, done: make(chan struct{})}
	p.pending[c.ID] = c
	err := p.to.Encode(c)
	p.mu.Unlock()
	if err != nil {
		return "", err
	}
	<-c.done // leaks
	return c.Answer, nil
}

func serve() {
	calls := json.NewDecoder(os.Stdin)
	for n := 0; ; n++ {
		var c call
		if calls.Decode(&c) != nil {
			os.Exit(0)
		}
		if c.Method == "/slow" {
			if n > 12 {
				os.Exit(2)
			}
			continue
		}
		c.Answer = c.Method
		json.NewEncoder(os.Stdout).Encode(c)
	}
}

func main() {
	if os.Getenv("PLUGIN") != "" {
		serve()
	}
	p, err := load()
	if err != nil {
		panic(err)
	}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, err := p.call(r.URL.Path)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		fmt.Fprintln(w, answer)
	}))
	for i := 0; i < 8; i++ {
		request(address+"/fast", 1)
		request(address+"/slow", 1)
	}
	time.Sleep(100 * time.Millisecond)
	record()
}
