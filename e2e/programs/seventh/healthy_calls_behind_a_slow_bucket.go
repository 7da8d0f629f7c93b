package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

// bucket hands out one token after the other; who asks too soon waits.
type bucket struct {
	every  time.Duration
	tokens chan struct{}
}

func newBucket(every time.Duration, burst int) *bucket {
	b := &bucket{every, make(chan struct{}, burst)}
	go b.fill()
	return b
}

func (b *bucket) fill() {
	for {
		b.tokens <- struct{}{}
		time.Sleep(b.every)
	}
}

func (b *bucket) take() { <-b.tokens }

type partner struct {
	limit *bucket
	calls atomic.Int64
}

func (p *partner) book(w http.ResponseWriter, r *http.Request) {
	p.limit.take()
	fmt.Fprintln(w, p.calls.Add(1))
}

func visitors(address string) {
	var all sync.WaitGroup
	time.AfterFunc(4*time.Second, func() { os.Exit(0) })
	for i := 0; i < 35; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for {
				response, err := http.Get("http://" + address + "/book")
				if err != nil {
					return
				}
				response.Body.Close()
			}
		}()
	}
	all.Wait()
	os.Exit(0)
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		visitors(address)
	}
	p := &partner{limit: newBucket(120*time.Millisecond, 1)}
	quiet := &partner{limit: newBucket(time.Second, 3)}
	mux := http.NewServeMux()
	mux.HandleFunc("/book", p.book)
	mux.HandleFunc("/cancel", quiet.book)
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+listen(mux))
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(1500 * time.Millisecond)
	record()
}
