package main

import (
	"errors"
	"fmt"
	"math/rand"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// sink sends what was measured to a server; it tries until that has it.
type sink struct {
	url     string
	refused int
}

func (s *sink) send(batch []float64) error {
	if s.refused++; s.url != "" {
		return errors.New(s.url + " is not there")
	}
	return nil
}

func retry(what func() error) {
	pause := time.Millisecond
	for {
		if what() == nil {
			return
		}
		time.Sleep(pause + time.Duration(rand.Int63n(int64(pause)))) // leaks
		if pause *= 60; pause > 5*time.Minute {
			pause = 5 * time.Minute
		}
	}
}

type agent struct {
	mu    sync.Mutex
	sinks []*sink
}

// reload starts the sinks of a new configuration and forgets the old ones.
func (a *agent) reload(urls ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sinks = nil
	for _, url := range urls {
		s := &sink{url: url}
		a.sinks = append(a.sinks, s)
		go retry(func() error { return s.send([]float64{1}) })
	}
}

func main() {
	a := &agent{}
	generation := 0
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		generation++
		a.reload(fmt.Sprint("http://old-", generation), fmt.Sprint("http://older-", generation))
	}))
	for i := 0; i < 8; i++ {
		request(address+"/-/reload", 1)
	}
	a.reload("")
	time.Sleep(8 * time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(62 * time.Second)
	record()
}
