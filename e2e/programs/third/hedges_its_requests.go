package main

import (
	"net/http"
	"time"
)

type client struct{ replicas []time.Duration }

func (c *client) ask(delay time.Duration, to chan<- string) {
	time.Sleep(delay)
	to <- "answer" // leaks
}

func (c *client) hedged() string {
	answers := make(chan string)
	for _, delay := range c.replicas {
		go c.ask(delay, answers)
		select {
		case a := <-answers:
			return a
		case <-time.After(2 * time.Millisecond):
		}
	}
	return <-answers
}

func main() {
	c := &client{[]time.Duration{5 * time.Millisecond, 6 * time.Millisecond, 7 * time.Millisecond}}
	slow := &client{[]time.Duration{4 * time.Second, 4 * time.Second}}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			c = slow
		}
		w.Write([]byte(c.hedged()))
	}))
	request(address+"/", 22)
	go http.Get("http://" + address + "/slow")
	record()
}
