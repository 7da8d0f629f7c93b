package main

import (
	"fmt"
	"net/http"
	"time"
)

type progress struct {
	job  string
	done int
}

type tracker struct {
	updates chan progress
	asked   chan chan int
	known   map[string]int
}

func (t *tracker) loop() {
	for {
		select {
		case p := <-t.updates:
			t.known[p.job] = p.done
		case reply := <-t.asked:
			reply <- len(t.known)
		}
	}
}

func work(t *tracker, job string) {
	for i := 0; i < 100; i++ {
		t.updates <- progress{job, i}
		time.Sleep(time.Second)
	}
}

func main() {
	t := &tracker{make(chan progress), make(chan chan int), map[string]int{}}
	go t.loop()
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		go work(t, fmt.Sprint(time.Now()))
		w.WriteHeader(http.StatusAccepted)
	})), 12)
	record()
}
