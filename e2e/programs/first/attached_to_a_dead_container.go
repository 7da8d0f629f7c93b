package main

import "io"

type attachment struct {
	stdin  io.Reader
	stdout io.Writer
}

func (a *attachment) run(container io.ReadWriter) chan error {
	input := make(chan error, 1)
	go func() {
		_, err := io.Copy(container, a.stdin) // leaks
		input <- err
	}()
	return input
}

func main() {
	for i := 0; i < 6; i++ {
		terminal, keyboard := io.Pipe()
		_ = keyboard
		a := &attachment{stdin: terminal}
		var nothing struct{ io.ReadWriter }
		a.run(nothing)
	}
	record()
}
