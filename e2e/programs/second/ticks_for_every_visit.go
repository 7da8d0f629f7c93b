package main

import (
	"net/http"
	"time"
)

type visit struct {
	since time.Time
	pages int
}

func (v *visit) expire() {
	for range time.Tick(time.Hour) { // leaks
		v.pages = 0
	}
}

func main() {
	profiled()
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{since: time.Now()}
		go v.expire()
	})), 90)
	select {}
}
