package main

import (
	"bufio"
	"os"
	"strings"
)

type stats struct{ errors, lines int }

func tail(file *os.File, lines chan<- string) {
	defer close(lines)
	s := bufio.NewScanner(file)
	for s.Scan() {
		lines <- s.Text()
	}
}

func filter(lines <-chan string, bad chan<- string) {
	defer close(bad)
	for l := range lines {
		if strings.Contains(l, "ERROR") {
			bad <- l
		}
	}
}

func main() {
	reader, writer, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	defer writer.Close()
	lines, bad := make(chan string), make(chan string)
	go tail(reader, lines)
	go filter(lines, bad)
	go func() {
		s := stats{}
		for range bad {
			s.errors++
		}
	}()
	record()
}
