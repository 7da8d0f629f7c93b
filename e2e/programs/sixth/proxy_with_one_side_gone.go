package main

import (
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// tunnel carries bytes between a client and the backend, both ways.
type tunnel struct{ client, backend net.Conn }

func (t *tunnel) up(done chan<- error) {
	_, err := io.Copy(t.backend, t.client)
	done <- err
}

func (t *tunnel) down(done chan<- error) {
	_, err := io.Copy(t.client, t.backend) // leaks
	done <- err
}

func (t *tunnel) run() {
	defer t.client.Close()
	defer t.backend.Close()
	done := make(chan error, 2)
	go t.up(done)
	go t.down(done)
	<-done
	<-done // leaks
}

func proxy(l net.Listener, backend string) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		conn, err := net.Dial("tcp", backend)
		if err != nil {
			client.Close()
			continue
		}
		t := &tunnel{client, conn}
		go t.run()
	}
}

func peer(clients bool) {
	time.AfterFunc(80*time.Second, func() { os.Exit(0) })
	if clients {
		for i := 0; i < 11; i++ {
			conn, err := net.Dial("tcp", os.Getenv("PEER"))
			if err != nil {
				panic(err)
			}
			io.WriteString(conn, "subscribe\n")
			time.Sleep(10 * time.Millisecond)
			conn.Close()
		}
		os.Exit(0)
	}
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	for {
		conn, err := l.Accept()
		if err != nil {
			panic(err)
		}
		go func() {
			io.Copy(io.Discard, conn)
			select {}
		}()
	}
}

func start(environment string, files ...*os.File) {
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), environment)
	command.ExtraFiles = files
	if err := command.Start(); err != nil {
		panic(err)
	}
}

func local() net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	return l
}

func main() {
	if at := os.Getenv("PEER"); at != "" {
		peer(at != "backend")
	}
	backend := local()
	file, err := backend.(*net.TCPListener).File()
	if err != nil {
		panic(err)
	}
	start("PEER=backend", file)
	backend.Close()
	file.Close()
	front := local()
	go proxy(front, backend.Addr().String())
	start("PEER=" + front.Addr().String())
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(67 * time.Second)
	record()
}
