// Leaky parks goroutines in every way Go knows and writes its own dumps: the fixtures
// leaky-go119-debug1.txt and leaky-go119-debug2.txt.gz beside the Java tests. To make them again
// (any Go; addresses will differ; the recorded paths are shortened to /src/leaky):
//
//	GO111MODULE=off go build -trimpath -o /tmp/leaky . && /tmp/leaky 127.0.0.1:6061 DIR
package main

import (
	"fmt"
	"net/http"
	_ "net/http/pprof"
	"os"
	"sync"
	"time"
)

type queue struct {
	jobs chan int
	mu   sync.Mutex
	rw   sync.RWMutex
	cond *sync.Cond
	wg   sync.WaitGroup
}

func (q *queue) push(n int) { q.jobs <- n }
func (q *queue) lock()      { q.mu.Lock() }
func (q *queue) readLock()  { q.rw.RLock() }
func (q *queue) waitCond()  { q.cond.L.Lock(); q.cond.Wait() }
func (q *queue) waitGroup() { q.wg.Wait() }
func receive(c chan int)    { <-c }
func rangeOver(c chan int) {
	for range c {
	}
}
func nilSend()    { var c chan int; c <- 1 }
func nilReceive() { var c chan int; <-c }
func forever()    { select {} }
func twoCases(a, b chan int) {
	select {
	case <-a:
	case <-b:
	}
}
func tick() {
	for range time.Tick(time.Hour) {
	}
}
func sleep() { time.Sleep(time.Hour) }

func serve(q *queue, n int) {
	for i := 0; i < n; i++ {
		go q.push(i)
	}
}

func main() {
	q := &queue{jobs: make(chan int)}
	q.cond = sync.NewCond(&sync.Mutex{})
	q.mu.Lock()
	q.rw.Lock()
	q.wg.Add(1)
	none, other := make(chan int), make(chan int)
	serve(q, 500)
	for i := 0; i < 20; i++ {
		go q.lock()
		go q.readLock()
		go q.waitCond()
		go q.waitGroup()
		go receive(none)
		go rangeOver(none)
		go twoCases(none, other)
	}
	go nilSend()
	go nilReceive()
	go forever()
	go tick()
	go sleep()
	go func() {
		time.Sleep(time.Second)
		for _, d := range []string{"1", "2"} {
			r, err := http.Get("http://" + os.Args[1] + "/debug/pprof/goroutine?debug=" + d)
			if err != nil {
				panic(err)
			}
			f, _ := os.Create(os.Args[2] + "/debug" + d + ".txt")
			f.ReadFrom(r.Body)
			f.Close()
			r.Body.Close()
		}
		fmt.Println("done")
		os.Exit(0)
	}()
	http.ListenAndServe(os.Args[1], nil)
}
