package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// audit keeps one connection to the storage; each entry is written and acknowledged under a lock.
type audit struct {
	sync.Mutex
	conn net.Conn
	acks *bufio.Reader
}

func (a *audit) write(entry string) error {
	a.Lock()
	defer a.Unlock()
	if _, err := fmt.Fprintln(a.conn, entry); err != nil {
		return err
	}
	_, err := a.acks.ReadString('\n')
	return err
}

type api struct {
	*audit
	mu    sync.RWMutex
	calls map[string]int
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.calls[r.URL.Path]++
	a.mu.Unlock()
	if err := a.write(r.URL.Path); err != nil {
		http.Error(w, err.Error(), 500)
	}
}

func storage() {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	conn, err := l.Accept()
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		time.Sleep(150 * time.Millisecond)
		fmt.Fprintln(conn, "ok")
	}
	os.Exit(0)
}

func users(address string) {
	time.AfterFunc(5*time.Second, func() { os.Exit(0) })
	for i := 0; i < 25; i++ {
		path := fmt.Sprint("/user/", i)
		go func() {
			for {
				if response, err := http.Get("http://" + address + path); err == nil {
					response.Body.Close()
				}
			}
		}()
	}
	select {}
}

func start(environment string, files ...*os.File) {
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), environment)
	command.ExtraFiles = files
	if err := command.Start(); err != nil {
		panic(err)
	}
}

func main() {
	switch at := os.Getenv("PEER"); at {
	case "":
	case "storage":
		storage()
	default:
		users(at)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	file, err := l.(*net.TCPListener).File()
	if err != nil {
		panic(err)
	}
	start("PEER=storage", file)
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		panic(err)
	}
	l.Close()
	file.Close()
	a := &api{audit: &audit{conn: conn, acks: bufio.NewReader(conn)}, calls: map[string]int{}}
	start("PEER=" + listen(a))
	time.Sleep(time.Second)
	record()
}
