package main

import (
	"net/http"
	"strings"
)

type crawler struct{ client *http.Client }

func (c *crawler) exists(url string) bool {
	response, err := c.client.Get(url) // leaks in net/http.(*persistConn).readLoop, net/http.(*persistConn).writeLoop
	return err == nil && response.StatusCode == 200
}

func main() {
	page := strings.Repeat("all work and no play ", 10000)
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(page))
	}))
	c := &crawler{&http.Client{}}
	for i := 0; i < 15; i++ {
		c.exists("http://" + address + "/page")
	}
	record()
}
