package main

import "time"

type lookup struct {
	key   string
	reply chan string
}

type resolver struct {
	lookups chan lookup
	busy    int
}

func (r *resolver) serve() {
	for {
		select {
		case l := <-r.lookups:
			if r.busy++; r.busy > 2 {
				continue // too many
			}
			l.reply <- "10.0.0.1"
		case <-time.After(time.Second):
			r.busy = 0
		}
	}
}

func (r *resolver) resolve(key string) string {
	l := lookup{key, make(chan string)}
	r.lookups <- l
	return <-l.reply // leaks
}

func main() {
	r := &resolver{lookups: make(chan lookup)}
	go r.serve()
	for i := 0; i < 16; i++ {
		go r.resolve("host")
	}
	record()
}
