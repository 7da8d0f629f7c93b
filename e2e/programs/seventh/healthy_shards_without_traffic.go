package main

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"runtime"
	"time"
)

type command struct {
	key   string
	delta int
	reply chan int
}

// shard owns a part of the counters; only its own goroutine touches them.
type shard struct {
	inbox    chan command
	counters map[string]int
}

func (s *shard) loop() {
	for c := range s.inbox {
		s.counters[c.key] += c.delta
		c.reply <- s.counters[c.key]
	}
}

type counters struct{ shards []*shard }

func newCounters(n int) *counters {
	c := &counters{}
	for i := 0; i < n; i++ {
		s := &shard{make(chan command), map[string]int{}}
		c.shards = append(c.shards, s)
		go s.loop()
	}
	return c
}

func (c *counters) add(key string, delta int) int {
	h := fnv.New32a()
	h.Write([]byte(key))
	reply := make(chan int, 1)
	c.shards[int(h.Sum32())%len(c.shards)].inbox <- command{key, delta, reply}
	return <-reply
}

func (c *counters) close() {
	for _, s := range c.shards {
		close(s.inbox)
	}
}

func main() {
	c := newCounters(32)
	defer c.close()
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, c.add(r.URL.Path, 1))
	}))
	go func() {
		for range time.Tick(2 * time.Second) {
			c.add("heartbeat", 1)
		}
	}()
	request(address+"/a", 3)
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
