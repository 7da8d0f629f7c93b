package main

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"
)

type entry struct {
	topic string
	value string
}

type failure struct {
	entry entry
	err   error
}

// producer sends in the background; who makes it reads its successes and errors.
type producer struct {
	input     chan entry
	successes chan entry
	errors    chan failure
}

func newProducer() *producer {
	p := &producer{make(chan entry), make(chan entry), make(chan failure)}
	go p.dispatch()
	return p
}

func (p *producer) dispatch() {
	for e := range p.input {
		if e.topic == "" {
			p.errors <- failure{e, errors.New("no topic")} // leaks
			continue
		}
		p.successes <- e
	}
}

type tracker struct {
	producer *producer
	sent     int64
}

func (t *tracker) acknowledge() {
	flush := time.NewTicker(20 * time.Millisecond)
	defer flush.Stop()
	for {
		select {
		case <-t.producer.successes:
			atomic.AddInt64(&t.sent, 1)
		case <-flush.C:
			atomic.StoreInt64(&t.sent, 0)
		}
	}
}

func (t *tracker) click(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	t.producer.input <- entry{query.Get("topic"), query.Get("value")} // leaks
	fmt.Fprintln(w, "ok")
}

func main() {
	t := &tracker{producer: newProducer()}
	go t.acknowledge()
	mux := http.NewServeMux()
	mux.HandleFunc("/click", t.click)
	address := listen(mux)
	request(address+"/click?topic=ads&value=1", 6)
	request(address+"/click?value=2", 1)
	request(address+"/click?topic=ads&value=3", 5)
	record()
}
