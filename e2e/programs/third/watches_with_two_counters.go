package main

import (
	"sync"
	"time"
)

type rollout struct {
	pods  sync.WaitGroup
	ready chan string
}

func (r *rollout) watch(name string) {
	r.pods.Add(1)
	defer r.pods.Done()
	r.ready <- name // leaks
}

func (r *rollout) await(n int) {
	for i := 0; i < n; i++ {
		<-r.ready
	}
	r.pods.Wait() // leaks
}

func main() {
	recordSoon()
	r := &rollout{ready: make(chan string)}
	for i := 0; i < 5; i++ {
		go r.watch("pod")
	}
	time.Sleep(time.Millisecond)
	r.await(3)
}
