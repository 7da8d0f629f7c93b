package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// logger turns lines into entries.
type logger struct {
	mu      sync.Mutex
	entries []string
}

func (l *logger) entry(level, line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, level+" "+line)
}

// writer is for what wants an io.Writer; the caller closes it.
func (l *logger) writer(level string) io.WriteCloser {
	reader, writer := io.Pipe()
	go l.scan(level, reader)
	return writer
}

func (l *logger) scan(level string, from *io.PipeReader) {
	lines := bufio.NewScanner(from)
	for lines.Scan() { // leaks
		l.entry(level, lines.Text())
	}
	from.Close()
}

type migration struct {
	name string
	out  io.Writer
}

func (m migration) run() error {
	for _, step := range strings.Fields("lock copy swap unlock") {
		if _, err := fmt.Fprintln(m.out, m.name, step); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	l := &logger{}
	n := 0
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		m := migration{fmt.Sprint("m", n), l.writer("info")}
		if err := m.run(); err != nil {
			http.Error(w, err.Error(), 500)
		}
	}))
	request(address+"/migrate", 14)
	out := l.writer("warn")
	fmt.Fprintln(out, "done")
	out.Close()
	record()
}
