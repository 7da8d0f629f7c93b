package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

func init() {
	kernels["context-never-cancelled"] = kernel{run: contextNeverCancelled}
	kernels["context-of-ones-own"] = kernel{run: contextOfOnesOwn, held: true}
	kernels["ticker-never-stopped"] = kernel{run: tickerNeverStopped, many: true}
	kernels["poller-never-stopped"] = kernel{run: pollerNeverStopped, held: true, many: true}
	kernels["body-never-closed"] = kernel{run: bodyNeverClosed}
	kernels["rows-never-closed"] = kernel{run: rowsNeverClosed, held: true}
	kernels["pipe-without-reader"] = kernel{run: pipeWithoutReader}
	kernels["pipe-without-writer"] = kernel{run: pipeWithoutWriter, held: true}
	kernels["watcher-of-a-closed-store"] = kernel{run: watcherOfAClosedStore}
	kernels["stuck-behind-a-stuck-call"] = kernel{run: stuckBehindAStuckCall, held: true}
}

// The function that would cancel is lost, and the parent lives for ever.
func contextNeverCancelled() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-ctx.Done() // leaks
	}()
	_ = cancel
}

type ownContext struct {
	context.Context
	done chan struct{}
}

func (c ownContext) Done() <-chan struct{} { return c.done }

// A context of one's own type makes the library start a goroutine that watches it.
func contextOfOnesOwn() {
	own := ownContext{context.Background(), make(chan struct{})}
	_, cancel := context.WithCancel(own) // leaks in context.
	_ = cancel
}

func tickerNeverStopped() {
	go func() {
		for range time.Tick(time.Hour) { // leaks
			_ = breaks()
		}
	}()
}

func pollerNeverStopped() {
	stop := make(chan bool)
	go func() {
		timer := time.NewTimer(time.Hour)
		for {
			select { // leaks
			case <-timer.C:
				timer.Reset(time.Hour)
			case <-stop:
				return
			}
		}
	}()
}

var files struct {
	sync.Mutex
	address string
	client  *http.Client
}

func fileServer() (string, *http.Client) {
	files.Lock()
	defer files.Unlock()
	if files.address == "" {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Write(make([]byte, 1<<20))
		}))
		files.address = "http://" + listener.Addr().String()
		files.client = &http.Client{Transport: &http.Transport{}}
	}
	return files.address, files.client
}

// Only the status is of interest.
func bodyNeverClosed() {
	address, client := fileServer()
	for i := 0; i < 3; i++ {
		response, err := client.Get(address) // leaks in net/http.(*persistConn).readLoop, net/http.(*persistConn).writeLoop
		if err != nil || response.StatusCode != 200 {
			panic(err)
		}
	}
}

type fakeDriver struct{}
type fakeConn struct{}
type fakeRows struct{}
type fakeTx struct{}

func (fakeDriver) Open(string) (driver.Conn, error)  { return fakeConn{}, nil }
func (fakeConn) Prepare(string) (driver.Stmt, error) { return nil, errBroken }
func (fakeConn) Close() error                        { return nil }
func (fakeConn) Begin() (driver.Tx, error)           { return fakeTx{}, nil }
func (fakeTx) Commit() error                         { return nil }
func (fakeTx) Rollback() error                       { return nil }
func (fakeConn) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	return fakeRows{}, nil
}
func (fakeRows) Columns() []string         { return []string{"a"} }
func (fakeRows) Close() error              { return nil }
func (fakeRows) Next([]driver.Value) error { return nil }

var registerOnce sync.Once

func openFake() *sql.DB {
	registerOnce.Do(func() { sql.Register("fake", fakeDriver{}) })
	db, err := sql.Open("fake", "")
	if err != nil {
		panic(err)
	}
	return db
}

var (
	storeOnce sync.Once
	storeDB   *sql.DB
)

func store() *sql.DB {
	storeOnce.Do(func() { storeDB = openFake() })
	return storeDB
}

// Takes the first row and goes away.
func rowsNeverClosed() {
	ctx, cancel := context.WithCancel(context.Background())
	rows, err := store().QueryContext(ctx, "select 1") // leaks in database/sql.(*Rows).awaitDone
	if err != nil {
		panic(err)
	}
	rows.Next()
	_ = cancel
}

// The reader of a pipe returned on an error and did not close it.
func pipeWithoutReader() {
	reader, writer := io.Pipe()
	go func() {
		writer.Write([]byte("text")) // leaks
		writer.Close()
	}()
	_ = reader
}

func pipeWithoutWriter() {
	reader, writer := io.Pipe()
	go consume(reader)
	writer.Write([]byte("text"))
}

func consume(reader io.Reader) {
	io.ReadAll(reader) // leaks
}

type keyStore struct {
	mu      sync.Mutex
	updates chan string
	closed  bool
}

// Close sets a flag that the watcher sees only after its next update.
func watcherOfAClosedStore() {
	s := &keyStore{updates: make(chan string)}
	go s.watch()
	s.updates <- "a"
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
}

func (s *keyStore) watch() {
	for {
		<-s.updates // leaks
		s.mu.Lock()
		closed := s.closed
		s.mu.Unlock()
		if closed {
			return
		}
	}
}

type call struct {
	done  chan struct{}
	value int
}

// Those who ask the same share one call, which hangs.
func stuckBehindAStuckCall() {
	c := &call{done: make(chan struct{})}
	go c.load(make(chan int))
	for i := 0; i < 3; i++ {
		go c.wait()
	}
}

func (c *call) load(source chan int) {
	c.value = <-source // leaks
	close(c.done)
}

func (c *call) wait() int {
	<-c.done // leaks
	return c.value
}
