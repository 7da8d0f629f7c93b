package main

import "fmt"

type progress struct {
	updates chan int
}

func (p *progress) show() {
	for n := range p.updates { // leaks
		fmt.Println(n)
	}
}

func main() {
	p := &progress{}
	go p.show()
	record()
}
