package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// index is read by searches, some of them long, and now and then swapped for a new one.
type index struct {
	sync.RWMutex
	words map[string][]int
}

func (x *index) search(word string, cost time.Duration) int {
	x.RLock()
	defer x.RUnlock()
	time.Sleep(cost)
	return len(x.words[word])
}

func (x *index) swap(words map[string][]int) {
	x.Lock()
	defer x.Unlock()
	x.words = words
}

func (x *index) rebuild(every time.Duration) {
	for n := 0; ; n++ {
		time.Sleep(every)
		x.swap(map[string][]int{"go": make([]int, n)})
	}
}

type site struct{ *index }

func (s site) find(w http.ResponseWriter, r *http.Request) {
	cost := time.Millisecond
	if r.URL.Path == "/all" {
		cost = 600 * time.Millisecond
	}
	fmt.Fprintln(w, s.search("go", cost))
}

func searchers(address string) {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	for i := 0; i < 20; i++ {
		path := "/one"
		if i < 4 {
			path = "/all"
			time.Sleep(70 * time.Millisecond)
		}
		go func() {
			for {
				if response, err := http.Get("http://" + address + path); err == nil {
					io.Copy(io.Discard, response.Body)
					response.Body.Close()
				}
			}
		}()
	}
	select {}
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		searchers(address)
	}
	s := site{&index{words: map[string][]int{}}}
	go s.rebuild(20 * time.Millisecond)
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+listen(http.HandlerFunc(s.find)))
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(time.Second)
	record()
}
