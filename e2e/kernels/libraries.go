package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// What the standard library is asked for and never told to end.

func init() {
	add := func(name string, held bool, run func()) { kernels[name] = kernel{run: run, held: held} }
	add("net-pipe-unread", held, netPipeUnread)
	add("net-pipe-unwritten", held, netPipeUnwritten)
	add("zip-into-a-pipe", held, zipIntoAPipe)
	add("scans-a-pipe-left-open", tuned, scansAPipeLeftOpen)
	add("decodes-half-a-stream", held, decodesHalfAStream)
	add("child-fed-by-an-open-pipe", tuned, childFedByAnOpenPipe)
	add("status-is-enough", held, statusIsEnough)
	add("signals-not-wanted-any-more", held, signalsNotWantedAnyMore)
	add("transaction-left-open", tuned, transactionLeftOpen)
	add("stream-of-a-lost-call", held, streamOfALostCall)
	add("watches-half-a-group", tuned, watchesHalfAGroup)
	add("two-contexts-joined", held, twoContextsJoined)
}

func netPipeUnread() {
	near, far := net.Pipe()
	go func() {
		near.Write([]byte("hello")) // leaks
	}()
	_ = far
}

type peer struct{ conn net.Conn }

func (p *peer) receive() {
	line := make([]byte, 10)
	for {
		if _, err := p.conn.Read(line); err != nil { // leaks
			return
		}
	}
}

func netPipeUnwritten() {
	near, far := net.Pipe()
	go (&peer{near}).receive()
	far.Write([]byte("hello"))
}

// The upload fails, and nobody tells the one who packs.
func zipIntoAPipe() {
	reader, writer := io.Pipe()
	go pack(writer)
	_ = upload(reader)
}

func pack(writer *io.PipeWriter) {
	zip := gzip.NewWriter(writer)
	noise := make([]byte, 1<<16)
	for i := range noise {
		noise[i] = byte(i * i >> 3)
	}
	for i := 0; i < 20; i++ {
		zip.Write(noise) // leaks
	}
	zip.Close() // leaks
	writer.Close()
}

func upload(body io.Reader) error {
	if _, err := io.ReadFull(body, make([]byte, 4)); err != nil {
		return err
	}
	return errBroken
}

func scansAPipeLeftOpen() {
	reader, writer := io.Pipe()
	go func() {
		scanner := bufio.NewScanner(reader)
		for scanner.Scan() { // leaks
			_ = scanner.Text()
		}
	}()
	io.WriteString(writer, "one\ntwo\n")
}

type encoder struct{ out io.WriteCloser }

func (e *encoder) all(n int) {
	defer e.out.Close()
	encoder := json.NewEncoder(e.out)
	for i := 0; i < n; i++ {
		encoder.Encode(map[string]int{"n": i}) // leaks
	}
}

func decodesHalfAStream() {
	reader, writer := io.Pipe()
	go (&encoder{writer}).all(2000)
	var first map[string]int
	json.NewDecoder(reader).Decode(&first)
}

type nothing struct{ never chan struct{} }

func (n nothing) Read([]byte) (int, error) {
	<-n.never // leaks
	return 0, io.EOF
}

// The child ends, and who feeds it does not.
func childFedByAnOpenPipe() {
	child := exec.Command("true")
	child.Stdin = nothing{make(chan struct{})}
	go runChild(child)
}

func runChild(child *exec.Cmd) {
	child.Run() // leaks
}

// Errors are returned before the body is closed.
func statusIsEnough() {
	address, client := fileServer()
	var group sync.WaitGroup
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			_ = isThere(client, address)
		}()
	}
	group.Wait()
}

func isThere(client *http.Client, address string) bool {
	request, _ := http.NewRequest("GET", address, nil)
	response, err := client.Do(request) // leaks in net/http.(*persistConn).readLoop, net/http.(*persistConn).writeLoop
	return err == nil && response.StatusCode == 200
}

// Signals are stopped, and the channel stays open.
func signalsNotWantedAnyMore() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR2)
	go reload(signals)
	time.Sleep(time.Millisecond)
	signal.Stop(signals)
}

func reload(signals <-chan os.Signal) {
	for range signals { // leaks
		_ = breaks()
	}
}

func transactionLeftOpen() {
	ctx, cancel := context.WithCancel(context.Background())
	tx, err := store().BeginTx(ctx, nil) // leaks in database/sql.(*Tx).awaitDone
	if err != nil {
		panic(err)
	}
	_, _ = tx, cancel
}

type stream struct {
	ctx      context.Context
	messages chan string
	closed   chan struct{}
}

func (s *stream) Recv() (string, error) {
	select { // leaks
	case message := <-s.messages:
		return message, nil
	case <-s.closed:
		return "", io.EOF
	case <-s.ctx.Done():
		return "", s.ctx.Err()
	}
}

// A call's stream is read by somebody who does not end with the call.
func streamOfALostCall() {
	s := &stream{context.Background(), make(chan string), make(chan struct{})}
	go func() {
		for {
			if _, err := s.Recv(); err != nil {
				return
			}
		}
	}()
	s.messages <- "hello"
}

type tasks struct {
	group  sync.WaitGroup
	once   sync.Once
	err    error
	cancel func()
}

func (t *tasks) Go(f func() error) {
	t.group.Add(1)
	go func() {
		defer t.group.Done()
		if err := f(); err != nil {
			t.once.Do(func() { t.err = err; t.cancel() })
		}
	}()
}

func (t *tasks) Wait() error {
	t.group.Wait() // leaks
	return t.err
}

// One of the group does not look at the context that the others cancelled.
func watchesHalfAGroup() {
	ctx, cancel := context.WithCancel(context.Background())
	t := &tasks{cancel: cancel}
	updates := make(chan int)
	t.Go(func() error { return errBroken })
	t.Go(func() error {
		<-ctx.Done()
		return nil
	})
	t.Go(func() error {
		for range updates { // leaks
		}
		return nil
	})
	go t.Wait()
}

// Joins two contexts by a goroutine that waits for either; neither ends.
func twoContextsJoined() {
	one, cancelOne := context.WithCancel(context.Background())
	two, cancelTwo := context.WithCancel(context.Background())
	_ = join(one, two)
	_, _ = cancelOne, cancelTwo
}

func join(one, two context.Context) context.Context {
	joined, cancel := context.WithCancel(one)
	go func() {
		select { // leaks
		case <-one.Done():
		case <-two.Done():
		}
		cancel()
	}()
	return joined
}
