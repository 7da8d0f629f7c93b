package shop

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

type counter struct {
	add chan int
	get chan chan int
}

func (c *counter) loop() {
	n := 0
	for {
		select {
		case d, ok := <-c.add:
			if !ok {
				return
			}
			n += d
		case reply := <-c.get:
			reply <- n
		}
	}
}

func TestCounts(t *testing.T) {
	c := &counter{make(chan int), make(chan chan int)}
	go c.loop()
	defer close(c.add)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.add <- 1
		io.WriteString(w, "counted")
	}))
	defer server.Close()
	for i := 0; i < 3; i++ {
		response, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	reply := make(chan int)
	c.get <- reply
	if <-reply != 3 {
		t.Fail()
	}
	record()
}
