package main

import (
	"net/http"
	"sync"
	"time"
)

type job struct {
	mu       sync.Mutex
	finished bool
}

func (j *job) isFinished() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.finished
}

func awaitJob(j *job) {
	for !j.isFinished() {
		time.Sleep(2 * time.Second) // leaks
	}
}

func main() {
	jobs := map[string]*job{}
	var mu sync.Mutex
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		j := &job{}
		mu.Lock()
		jobs["import"] = j
		mu.Unlock()
		go awaitJob(j)
	}))+"/import", 120)
	record()
}
