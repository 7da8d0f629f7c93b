package main

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// Healthy programs that look like leaking ones: what waits in them has its reason and its end.

func init() {
	add := func(name string, held bool, run func()) { kernels[name] = kernel{run: run, held: held, healthy: true} }
	add("h-pool-of-closures", tuned, poolOfClosures)
	add("h-group-in-progress", held, groupInProgress)
	add("h-ticks-only", tuned, ticksOnly)
	add("h-expiry-loop", held, expiryLoop)
	add("h-long-polls", held, longPolls)
	add("h-waits-for-a-connection", tuned, waitsForAConnection)
	add("h-batches", held, batches)
	add("h-rare-events", held, rareEvents)
	add("h-mail-by-condition", held, mailByCondition)
	add("h-file-follower", held, fileFollower)
	add("h-graceful-end", tuned, gracefulEnd)
	add("h-echo", held, echo)
	add("h-alarms", held, alarms)
	add("h-rate-limited", tuned, rateLimited)
	add("h-lock-over-io", tuned, lockOverIO)
	add("h-starting-gate", tuned, startingGate)
	add("h-pulled-slowly", tuned, pulledSlowly)
	add("h-mailboxes", tuned, mailboxes)
	add("h-supervisor", held, supervisor)
	add("h-child-process", held, childProcess)
	add("h-rooms-of-a-chat", tuned, roomsOfAChat)
	add("h-slow-export", held, slowExport)
	add("h-slow-report", tuned, slowReport)
	add("h-upload-through-a-pipe", held, uploadThroughAPipe)
	add("h-one-flight", held, oneFlight)
	add("h-shards", tuned, shards)
	add("h-deadlines", tuned, deadlines)
	add("h-quiet-listener", tuned, quietListener)
}

func poolOfClosures() {
	kept = append(kept, newCrew(6))
}

func newCrew(n int) chan<- func() {
	jobs := make(chan func())
	for i := 0; i < n; i++ {
		go func() {
			for job := range jobs {
				job()
			}
		}()
	}
	return jobs
}

func groupInProgress() {
	go func() {
		ctx, cancel := context.WithCancel(context.Background())
		t := &tasks{cancel: cancel}
		for i := 0; i < 4; i++ {
			t.Go(func() error {
				select {
				case <-time.After(10 * time.Minute):
				case <-ctx.Done():
				}
				return nil
			})
		}
		_ = t.Wait()
	}()
}

func ticksOnly() {
	go func() {
		for range time.Tick(30 * time.Minute) {
			_ = breaks()
		}
	}()
}

type expiring[K comparable] struct {
	mu    sync.Mutex
	items map[K]time.Time
	stop  chan struct{}
}

func newExpiring[K comparable]() *expiring[K] {
	e := &expiring[K]{items: map[K]time.Time{}, stop: make(chan struct{})}
	go e.expire(time.Minute)
	return e
}

func (e *expiring[K]) expire(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			e.mu.Lock()
			e.mu.Unlock()
		case <-e.stop:
			return
		}
	}
}

func expiryLoop() {
	kept = append(kept, newExpiring[string]())
}

type news struct {
	mu      sync.Mutex
	changed chan struct{}
}

func (n *news) next() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.changed
}

func (n *news) publish() {
	for range time.Tick(5 * time.Minute) {
		n.mu.Lock()
		close(n.changed)
		n.changed = make(chan struct{})
		n.mu.Unlock()
	}
}

// Requests are kept until there is something to tell.
func longPolls() {
	n := &news{changed: make(chan struct{})}
	go n.publish()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-n.next():
		case <-r.Context().Done():
		}
	}))
	for i := 0; i < 20; i++ {
		go http.Get("http://" + listener.Addr().String())
	}
}

type lines struct {
	free chan net.Conn
}

func (l *lines) use(f func(net.Conn)) {
	conn := <-l.free
	defer func() { l.free <- conn }()
	f(conn)
}

// Two connections, both in use, and ten who wait for one.
func waitsForAConnection() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	l := &lines{free: make(chan net.Conn, 2)}
	for i := 0; i < 2; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		l.free <- conn
	}
	for i := 0; i < 12; i++ {
		go l.use(func(conn net.Conn) { conn.Read(make([]byte, 1)) })
	}
	kept = append(kept, listener)
}

type batcher struct {
	in   chan int
	out  chan []int
	stop chan struct{}
}

func (b *batcher) gather() {
	var some []int
	timer := time.NewTimer(time.Minute)
	for {
		select {
		case n := <-b.in:
			some = append(some, n)
		case <-timer.C:
			b.out <- some
			some = nil
			timer.Reset(time.Minute)
		case <-b.stop:
			close(b.out)
			return
		}
	}
}

func (b *batcher) ship() {
	for some := range b.out {
		_ = some
	}
}

func batches() {
	b := &batcher{make(chan int), make(chan []int), make(chan struct{})}
	go b.gather()
	go b.ship()
	b.in <- 1
	kept = append(kept, b)
}

type subscriber interface{ notify(string) }

type inbox struct{ messages chan string }

func (i *inbox) notify(text string) { i.messages <- text }

func (i *inbox) read() {
	for text := range i.messages {
		_ = text
	}
}

// Subscribers of events that come once a day.
func rareEvents() {
	var all []subscriber
	for i := 0; i < 5; i++ {
		box := &inbox{make(chan string)}
		all = append(all, box)
		go box.read()
	}
	go func() {
		for {
			time.Sleep(24 * time.Hour)
			for _, s := range all {
				s.notify("midnight")
			}
		}
	}()
}

type post struct {
	sync.Mutex
	arrived *sync.Cond
	letters []string
}

func (p *post) deliver() {
	for {
		p.Lock()
		for len(p.letters) == 0 {
			p.arrived.Wait()
		}
		p.letters = p.letters[1:]
		p.Unlock()
	}
}

func (p *post) collect(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		conn.Close()
		p.Lock()
		p.letters = append(p.letters, "letter")
		p.Unlock()
		p.arrived.Signal()
	}
}

func mailByCondition() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	p := &post{}
	p.arrived = sync.NewCond(p)
	for i := 0; i < 3; i++ {
		go p.deliver()
	}
	go p.collect(listener)
}

// Lines of a growing file, one who reads and one who counts.
func fileFollower() {
	reader, writer, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	found := make(chan string)
	go follow(reader, found)
	go count(found)
	kept = append(kept, writer)
}

func follow(file *os.File, found chan<- string) {
	defer close(found)
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		found <- scanner.Text()
	}
}

func count(found <-chan string) {
	n := 0
	for range found {
		n++
	}
}
