package main

import (
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func interruptible(w http.ResponseWriter, r *http.Request) {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, syscall.SIGUSR1)
	go func() {
		<-interrupts // leaks
		w.WriteHeader(500)
	}()
}

func main() {
	request(listen(http.HandlerFunc(interruptible))+"/", 45)
	record()
}
