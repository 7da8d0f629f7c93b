package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// hooks runs a script for each push, and gives it a while.
type hooks struct {
	mu     sync.Mutex
	output map[string]string
}

func (h *hooks) run(name string, command ...string) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	script := exec.CommandContext(ctx, command[0], command[1:]...)
	out, err := script.Output() // leaks in os/exec.(*Cmd).Start.func1, os/exec.(*Cmd).Start.func2, os/exec.(*Cmd).writerDescriptor.func1, os/exec.(*Cmd).watchCtx.func1
	if err != nil {
		log.Println(name, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.output[name] = string(out)
}

func (h *hooks) push(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/deploy":
		go h.run("deploy", "sh", "-c", "tail -f /dev/null --pid=$PPID & wait")
	default:
		go h.run("lint", "sh", "-c", "echo fine")
	}
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	log.SetOutput(os.Stdout)
	h := &hooks{output: map[string]string{}}
	address := listen(http.HandlerFunc(h.push))
	request(address+"/lint", 3)
	request(address+"/deploy", 2)
	time.Sleep(400 * time.Millisecond)
	record()
}
