package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

type row struct{ cells []string }

// importer loads files by four workers each.
type importer struct {
	mu     sync.Mutex
	loaded int
	mails  chan string
}

func (m *importer) parse(file string, rows chan<- row) error {
	for i := 0; i < 12; i++ {
		if strings.HasPrefix(file, "bad") && i == 6 {
			return errors.New("line 6: wrong number of fields")
		}
		rows <- row{[]string{file, fmt.Sprint(i)}}
	}
	close(rows)
	return nil
}

func (m *importer) load(rows <-chan row, group *sync.WaitGroup) {
	defer group.Done()
	for range rows { // leaks
		m.mu.Lock()
		m.loaded++
		m.mu.Unlock()
	}
}

func (m *importer) handle(w http.ResponseWriter, r *http.Request) {
	file := r.URL.Query().Get("file")
	rows := make(chan row)
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go m.load(rows, &group)
	}
	go func() {
		group.Wait() // leaks
		m.mails <- file + " is loaded"
	}()
	if err := m.parse(file, rows); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprintln(w, "thank you")
}

func (m *importer) mail() {
	for range m.mails {
		time.Sleep(time.Millisecond)
	}
}

func main() {
	m := &importer{mails: make(chan string, 10)}
	for i := 0; i < 2; i++ {
		go m.mail()
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/import", m.handle)
	address := listen(mux)
	for i := 0; i < 3; i++ {
		request(address+"/import?file=good.csv", 2)
		request(address+"/import?file=bad.csv", 1)
	}
	record()
}
