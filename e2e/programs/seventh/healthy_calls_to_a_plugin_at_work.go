package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

type call struct {
	ID   int
	Text string
}

// plugin speaks with a process; many wait for its answers at the same time.
type plugin struct {
	writing sync.Mutex
	in      io.WriteCloser
	mu      sync.Mutex
	last    int
	pending map[int]chan<- call
	exited  chan struct{}
}

func (p *plugin) read(out io.Reader) {
	defer close(p.exited)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var c call
		if json.Unmarshal(lines.Bytes(), &c) != nil {
			continue
		}
		p.mu.Lock()
		to := p.pending[c.ID]
		delete(p.pending, c.ID)
		p.mu.Unlock()
		to <- c
	}
}

func (p *plugin) ask(text string) (string, error) {
	answer := make(chan call, 1)
	p.mu.Lock()
	p.last++
	id := p.last
	p.pending[id] = answer
	p.mu.Unlock()
	p.writing.Lock()
	err := json.NewEncoder(p.in).Encode(call{id, text})
	p.writing.Unlock()
	if err != nil {
		return "", err
	}
	select {
	case c := <-answer:
		return c.Text, nil
	case <-p.exited:
		return "", io.ErrUnexpectedEOF
	}
}

func serve() {
	in := json.NewDecoder(os.Stdin)
	for {
		var c call
		if in.Decode(&c) != nil {
			os.Exit(0)
		}
		time.Sleep(60 * time.Millisecond)
		json.NewEncoder(os.Stdout).Encode(c)
	}
}

func main() {
	if os.Getenv("PLUGIN") != "" {
		serve()
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PLUGIN=1")
	in, _ := command.StdinPipe()
	out, _ := command.StdoutPipe()
	if err := command.Start(); err != nil {
		panic(err)
	}
	p := &plugin{in: in, pending: map[int]chan<- call{}, exited: make(chan struct{})}
	go p.read(out)
	for i := 0; i < 22; i++ {
		go func(i int) {
			for {
				if _, err := p.ask(fmt.Sprint("lint ", i)); err != nil {
					return
				}
			}
		}(i)
	}
	time.Sleep(time.Second)
	record()
}
