package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// converter runs a tool on each file, and keeps what that says.
type converter struct {
	mu    sync.Mutex
	lines map[string][]string
}

func (c *converter) convert(file string) error {
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "TOOL="+file)
	out, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	problems, err := command.StderrPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() { // leaks
		c.mu.Lock()
		c.lines[file] = append(c.lines[file], lines.Text())
		c.mu.Unlock()
	}
	text, err := io.ReadAll(problems)
	if err != nil {
		return err
	}
	if err := command.Wait(); err != nil {
		return fmt.Errorf("%s: %w: %s", file, err, text)
	}
	return nil
}

func tool(file string) {
	time.AfterFunc(85*time.Second, func() { os.Exit(0) })
	out := bufio.NewWriter(os.Stdout)
	warnings := 3
	if file == "/old.tiff" {
		warnings = 5000
	}
	for i := 0; i < warnings; i++ {
		fmt.Fprintln(os.Stderr, "warning: unknown tag", i, "ignored")
	}
	fmt.Fprintln(out, "converted", file)
	out.Flush()
	os.Exit(0)
}

func main() {
	if file := os.Getenv("TOOL"); file != "" {
		tool(file)
	}
	c := &converter{lines: map[string][]string{}}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := c.convert(r.URL.Path); err != nil {
			http.Error(w, err.Error(), 500)
		}
	}))
	request(address+"/new.tiff", 3)
	request(address+"/old.tiff", 4)
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
