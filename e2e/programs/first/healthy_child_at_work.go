package main

import (
	"bufio"
	"os/exec"
	"syscall"
)

type runner struct {
	cmd  *exec.Cmd
	out  chan string
	exit chan error
}

func (r *runner) start() error {
	stdout, err := r.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := r.cmd.Start(); err != nil {
		return err
	}
	go func() {
		defer close(r.out)
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			r.out <- lines.Text()
		}
	}()
	go func() {
		for range r.out {
		}
		r.exit <- r.cmd.Wait()
	}()
	return nil
}

func main() {
	r := &runner{exec.Command("sleep", "60"), make(chan string), make(chan error)}
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := r.start(); err != nil {
		panic(err)
	}
	recordSoon()
	<-r.exit
}
