package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

type resizer struct {
	slots chan struct{}
	jobs  chan int
	done  sync.WaitGroup
}

// work is for thumbnails that nobody waits for.
func (z *resizer) work() {
	defer z.done.Done()
	for size := range z.jobs { // leaks
		time.Sleep(time.Duration(size) * time.Microsecond)
	}
}

func (z *resizer) resize(w http.ResponseWriter, r *http.Request) {
	z.slots <- struct{}{} // leaks
	var size int
	if err := json.Unmarshal([]byte(r.URL.Query().Get("size")), &size); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	time.Sleep(time.Millisecond)
	<-z.slots
	z.jobs <- size
	fmt.Fprintln(w, "resized to", size)
}

func main() {
	z := &resizer{slots: make(chan struct{}, 4), jobs: make(chan int, 16)}
	for i := 0; i < 3; i++ {
		z.done.Add(1)
		go z.work()
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/resize", z.resize)
	mux.HandleFunc("/ready", func(w http.ResponseWriter, r *http.Request) {})
	address := listen(mux)
	for i := 0; i < 14; i++ {
		size := fmt.Sprint(i * 10)
		if i%2 == 1 {
			size = "big"
		}
		request(address+"/resize?size="+size, 1)
		request(address+"/ready", 1)
	}
	record()
}
