package main

import (
	"errors"
	"time"
)

type manifest struct{ layers int }

type answer struct {
	manifest *manifest
	err      error
}

func pull(name string) (*manifest, error) {
	time.Sleep(2 * time.Millisecond)
	if len(name)%2 == 0 {
		return nil, errors.New("no such image: " + name)
	}
	return &manifest{layers: len(name)}, nil
}

func resolve(name string, answers chan answer) {
	m, err := pull(name)
	if err != nil {
		answers <- answer{err: err}
	}
	answers <- answer{manifest: m} // leaks
}

func main() {
	for _, name := range []string{"base", "redis", "nginx", "etcd", "busybox!", "go", "proxyd"} {
		answers := make(chan answer)
		go resolve(name, answers)
		<-answers
	}
	record()
}
