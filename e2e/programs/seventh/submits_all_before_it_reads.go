package main

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

type job struct {
	name string
	data []byte
}

type digest struct {
	name string
	sum  [32]byte
}

// hashers is a pool for one archive.
type hashers struct {
	jobs    chan job
	results chan digest
}

func newHashers(workers int) *hashers {
	h := &hashers{make(chan job, workers), make(chan digest, workers)}
	for i := 0; i < workers; i++ {
		go h.work()
	}
	return h
}

func (h *hashers) work() {
	for j := range h.jobs {
		h.results <- digest{j.name, sha256.Sum256(j.data)} // leaks
	}
}

func (h *hashers) all(files []job) map[string][32]byte {
	for _, f := range files {
		h.jobs <- f // leaks
	}
	close(h.jobs)
	sums := map[string][32]byte{}
	for range files {
		d := <-h.results
		sums[d.name] = d.sum
	}
	return sums
}

func main() {
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.URL.Query().Get("files"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var files []job
		for i := 0; i < n; i++ {
			files = append(files, job{fmt.Sprint(i), make([]byte, 1<<10)})
		}
		fmt.Fprintln(w, len(newHashers(4).all(files)))
	}))
	for _, n := range []int{1, 4, 8, 20, 12, 40, 3} {
		request(fmt.Sprint(address, "/archive?files=", n), 1)
	}
	time.Sleep(100 * time.Millisecond)
	record()
}
