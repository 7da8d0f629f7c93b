package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// More of the same: results, tokens and signals that reach the wrong one or nobody.

func init() {
	add := func(name string, held bool, run func()) { kernels[name] = kernel{run: run, held: held} }
	add("wrong-waiter-woken", tuned, wrongWaiterWoken)
	kernels["heartbeat-of-an-aborted-transaction"] = kernel{run: heartbeatOfAnAbortedTransaction, held: held, many: true}
	add("log-follower-not-closed", tuned, logFollowerNotClosed)
	add("tokens-lost-to-a-panic", held, tokensLostToAPanic)
	add("snapshot-never-ended", tuned, snapshotNeverEnded)
	add("quorum-reached", tuned, quorumReached)
	add("reload-of-a-dead-manager", tuned, reloadOfADeadManager)
	add("future-of-a-lost-leader", tuned, futureOfALostLeader)
	add("flusher-died", held, flusherDied)
	add("results-read-after-the-wait", held, resultsReadAfterTheWait)
	add("third-behind-two-locks", tuned, thirdBehindTwoLocks)
	add("hub-forgets-a-client", held, hubForgetsAClient)
}

type scheduled struct {
	mu   sync.Mutex
	cond *sync.Cond
	work int
}

func (s *scheduled) worker() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.work == 0 {
		s.cond.Wait() // leaks
	}
	s.work--
}

func (s *scheduled) watcher() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cond.Wait()
}

// One condition for two kinds of waiters, and Signal wakes the one that has no use for it.
func wrongWaiterWoken() {
	s := &scheduled{}
	s.cond = sync.NewCond(&s.mu)
	go s.watcher()
	time.Sleep(2 * time.Millisecond)
	go s.worker()
	time.Sleep(2 * time.Millisecond)
	s.mu.Lock()
	s.mu.Unlock()
	s.cond.Signal()
}

type transaction struct {
	ended chan struct{}
}

func (t *transaction) heartbeat() {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select { // leaks
		case <-ticker.C:
		case <-t.ended:
			return
		}
	}
}

func (t *transaction) commit() error {
	if err := breaks(); err != nil {
		return err
	}
	close(t.ended)
	return nil
}

func heartbeatOfAnAbortedTransaction() {
	t := &transaction{make(chan struct{})}
	go t.heartbeat()
	_ = t.commit()
}

type logWatcher struct {
	messages chan string
	closed   chan struct{}
}

func (w *logWatcher) follow(n int) {
	for i := 0; i < n; i++ {
		select { // leaks
		case w.messages <- fmt.Sprint("line ", i):
		case <-w.closed:
			return
		}
	}
}

// A client reads two lines and hangs up.
func logFollowerNotClosed() {
	w := &logWatcher{make(chan string), make(chan struct{})}
	go w.follow(10)
	<-w.messages
	<-w.messages
}

type breaker struct{ tokens chan struct{} }

func (b *breaker) maybe(f func()) {
	b.tokens <- struct{}{} // leaks
	f()
	<-b.tokens
}

func tokensLostToAPanic() {
	b := &breaker{make(chan struct{}, 1)}
	go func() {
		defer func() { _ = recover() }()
		b.maybe(func() { panic("handler") })
	}()
	time.Sleep(2 * time.Millisecond)
	for i := 0; i < 2; i++ {
		go b.maybe(func() {})
	}
}

// The sender of a snapshot fails and leaves the pipe open to whoever saves it.
func snapshotNeverEnded() {
	reader, writer := io.Pipe()
	saved := make(chan int64)
	go save(reader, saved)
	go func() {
		<-saved // leaks
	}()
	writer.Write([]byte("half"))
	if breaks() != nil {
		return
	}
	writer.Close()
}

func save(reader io.Reader, saved chan<- int64) {
	n, _ := io.Copy(io.Discard, reader) // leaks
	saved <- n
}

type disk int

func (d disk) read(into chan<- error) {
	time.Sleep(time.Duration(d) * time.Millisecond)
	into <- nil // leaks
}

// Three of five disks answer, which is enough.
func quorumReached() {
	answers := make(chan error)
	for i := 0; i < 5; i++ {
		go disk(i).read(answers)
	}
	for i := 0; i < 3; i++ {
		<-answers
	}
}

type manager struct {
	reload chan struct{}
	down   chan struct{}
}

func (m *manager) reloader() {
	for {
		select {
		case <-m.reload:
		case <-m.down:
			return
		}
	}
}

func (m *manager) apply() {
	m.reload <- struct{}{} // leaks
}

func reloadOfADeadManager() {
	m := &manager{make(chan struct{}), make(chan struct{})}
	go m.reloader()
	close(m.down)
	time.Sleep(2 * time.Millisecond)
	go m.apply()
}

type future struct{ err chan error }

func (f *future) Error() error {
	return <-f.err // leaks
}

type leader struct {
	apply chan *future
}

func (l *leader) loop(ctx context.Context) {
	var waiting []*future
	for {
		select {
		case f := <-l.apply:
			waiting = append(waiting, f)
		case <-ctx.Done():
			_ = waiting // nobody answers them
			return
		}
	}
}

func futureOfALostLeader() {
	ctx, cancel := context.WithCancel(context.Background())
	l := &leader{make(chan *future)}
	go l.loop(ctx)
	for i := 0; i < 3; i++ {
		f := &future{make(chan error, 1)}
		l.apply <- f
		go f.Error()
	}
	cancel()
}

type spool struct {
	mu    sync.Mutex
	space *sync.Cond
	full  bool
}

func (s *spool) write() {
	s.mu.Lock()
	for s.full {
		s.space.Wait() // leaks
	}
	s.full = true
	s.mu.Unlock()
}

func (s *spool) flush() error {
	if err := breaks(); err != nil {
		return err
	}
	s.mu.Lock()
	s.full = false
	s.mu.Unlock()
	s.space.Broadcast()
	return nil
}

func flusherDied() {
	s := &spool{}
	s.space = sync.NewCond(&s.mu)
	s.write()
	go s.write()
	go s.write()
	go s.flush()
}

// The results are read when all have given theirs, which they cannot.
func resultsReadAfterTheWait() {
	results := make(chan int)
	var all sync.WaitGroup
	for i := 0; i < 3; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			results <- i // leaks
		}(i)
	}
	go func() {
		all.Wait() // leaks
		close(results)
		for range results {
		}
	}()
}

type books struct {
	in, out sync.Mutex
	booked  chan int
}

func (l *books) deposit() {
	l.in.Lock()
	time.Sleep(5 * time.Millisecond)
	l.out.Lock() // leaks
	l.booked <- 1
}

func (l *books) withdraw() {
	l.out.Lock()
	time.Sleep(5 * time.Millisecond)
	l.in.Lock() // leaks
	l.booked <- 2
}

func (l *books) print() {
	<-l.booked // leaks
}

func thirdBehindTwoLocks() {
	l := &books{booked: make(chan int)}
	go l.deposit()
	go l.withdraw()
	go l.print()
}

type member struct{ send chan []byte }

func (m *member) writePump() {
	for message := range m.send { // leaks
		_ = message
	}
}

type switchboard struct{ members map[*member]bool }

func (h *switchboard) unregister(m *member) {
	delete(h.members, m) // close(m.send) is missing
}

func hubForgetsAClient() {
	h := &switchboard{map[*member]bool{}}
	m := &member{make(chan []byte)}
	h.members[m] = true
	go m.writePump()
	m.send <- []byte("hello")
	h.unregister(m)
}
