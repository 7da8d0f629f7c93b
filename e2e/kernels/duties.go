package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// Healthy programs, continued: those whose goroutines wait because that is their duty.

func init() {
	add := func(name string, held bool, run func()) { kernels[name] = kernel{run: run, held: held, healthy: true} }
	add("h-tenants", held, func() { tenants(false) })
	add("h-tenants-that-warm-up", tuned, func() { tenants(true) })
	add("h-nudged-by-a-clock", held, nudgedByAClock)
	add("h-pool-in-selects", held, poolInSelects)
	add("h-bus-fed-by-a-socket", tuned, busFedByASocket)
	add("h-follower-awaits-election", held, followerAwaitsElection)
	add("h-streams-of-events", tuned, streamsOfEvents)
	add("h-woken-by-a-timer-function", held, wokenByATimerFunction)
	add("h-reloads-on-signal", tuned, reloadsOnSignal)
	add("h-stealing-pool", tuned, stealingPool)
	add("h-server-in-memory", tuned, serverInMemory)
	add("h-sessions-with-cancel", tuned, sessionsWithCancel)
	add("h-report-of-progress", held, reportOfProgress)
	add("h-lock-over-a-backoff", held, lockOverABackoff)
}

type tenant struct {
	jobs chan int
	stop chan struct{}
}

func (t *tenant) serve() {
	for job := range t.jobs {
		_ = job
	}
}

func (t *tenant) expire() {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-t.stop:
			return
		}
	}
}

func (t *tenant) awaitStop() {
	<-t.stop
}

// Twelve tenants with three goroutines each, and perhaps one that ends soon.
func tenants(warm bool) {
	for i := 0; i < 12; i++ {
		t := &tenant{make(chan int), make(chan struct{})}
		go t.serve()
		go t.expire()
		go t.awaitStop()
		if warm {
			go func() { _ = breaks() }()
		}
		kept = append(kept, t)
	}
}

type bell struct {
	mu   sync.Mutex
	rung *sync.Cond
}

type sexton struct{ bell *bell }

func (b *bell) hear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		b.rung.Wait()
	}
}

func (s sexton) ring() {
	ticker := time.NewTicker(10 * time.Minute)
	for {
		select {
		case <-ticker.C:
			s.bell.rung.Broadcast()
		}
	}
}

func nudgedByAClock() {
	b := &bell{}
	b.rung = sync.NewCond(&b.mu)
	for i := 0; i < 4; i++ {
		go b.hear()
	}
	go sexton{b}.ring()
}

type staff struct {
	jobs chan func()
	quit chan struct{}
}

func (s *staff) member() {
	for {
		select {
		case job := <-s.jobs:
			job()
		case <-s.quit:
			return
		}
	}
}

func poolInSelects() {
	s := &staff{make(chan func()), make(chan struct{})}
	for i := 0; i < 12; i++ {
		go s.member()
	}
	kept = append(kept, s)
}

type bus struct{ seats []*seat }

type seat struct {
	in   chan byte
	stop chan struct{}
}

func (s *seat) sit() {
	for {
		select {
		case <-s.in:
		case <-s.stop:
			return
		}
	}
}

func (b *bus) drive(conn net.Conn) {
	data := make([]byte, 1)
	for {
		if _, err := conn.Read(data); err != nil {
			return
		}
		for _, s := range b.seats {
			s.in <- data[0]
		}
	}
}

func busFedByASocket() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	b := &bus{}
	for i := 0; i < 15; i++ {
		s := &seat{make(chan byte), make(chan struct{})}
		b.seats = append(b.seats, s)
		go s.sit()
	}
	go b.drive(conn)
	kept = append(kept, listener)
}

type election struct{ won chan struct{} }

func (e *election) lead() {
	<-e.won
}

func (e *election) campaign() {
	for {
		time.Sleep(time.Minute)
		if breaks() == nil {
			close(e.won)
			return
		}
	}
}

func followerAwaitsElection() {
	e := &election{make(chan struct{})}
	go e.lead()
	go e.campaign()
}

// Handlers that send events as they come, to clients who stay.
func streamsOfEvents() {
	events := make(chan string)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		for {
			select {
			case event := <-events:
				io.WriteString(w, event)
			case <-r.Context().Done():
				return
			}
		}
	}))
	for i := 0; i < 12; i++ {
		go func() {
			response, err := http.Get("http://" + listener.Addr().String())
			if err != nil {
				return
			}
			defer response.Body.Close()
			io.Copy(io.Discard, response.Body)
		}()
	}
	kept = append(kept, events)
}

type sleeper struct{ wake chan struct{} }

func (s *sleeper) run() {
	for range s.wake {
		time.AfterFunc(time.Hour, s.poke)
	}
}

func (s *sleeper) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// A timer's function has no goroutine until it runs.
func wokenByATimerFunction() {
	s := &sleeper{make(chan struct{}, 1)}
	go s.run()
	s.poke()
}

type preferences struct {
	mu      sync.RWMutex
	changed chan struct{}
}

func (s *preferences) reload(asked <-chan os.Signal) {
	for range asked {
		s.changed <- struct{}{}
	}
}

func (s *preferences) apply() {
	for range s.changed {
		s.mu.Lock()
		s.mu.Unlock()
	}
}

func reloadsOnSignal() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	s := &preferences{changed: make(chan struct{})}
	go s.reload(asked)
	go s.apply()
}

type thief struct {
	mu    sync.Mutex
	awake *sync.Cond
	queue []func()
}

func (t *thief) run() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		for len(t.queue) == 0 {
			t.awake.Wait()
		}
		t.queue = t.queue[1:]
	}
}

func stealingPool() {
	t := &thief{}
	t.awake = sync.NewCond(&t.mu)
	for i := 0; i < 8; i++ {
		go t.run()
	}
	kept = append(kept, t)
}

// The other end is kept for whoever calls next.
func serverInMemory() {
	near, far := net.Pipe()
	go func() {
		request := make([]byte, 100)
		for {
			n, err := far.Read(request)
			if err != nil {
				return
			}
			far.Write(request[:n])
		}
	}()
	near.Write([]byte("hello"))
	near.Read(make([]byte, 5))
	kept = append(kept, near)
}

func sessionsWithCancel() {
	for i := 0; i < 5; i++ {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			<-ctx.Done()
			_ = breaks()
		}()
		kept = append(kept, cancel)
	}
}

// The caller waits for those who are at work, and a clock tells how far they are.
func reportOfProgress() {
	var all sync.WaitGroup
	for i := 0; i < 4; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			time.Sleep(20 * time.Minute)
		}()
	}
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	go func() {
		for {
			select {
			case <-time.After(time.Minute):
			case <-done:
				return
			}
		}
	}()
}

type gateway struct{ mu sync.Mutex }

func (g *gateway) call() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for breaks() != nil {
		time.Sleep(time.Minute)
	}
}

func lockOverABackoff() {
	g := &gateway{}
	for i := 0; i < 10; i++ {
		go g.call()
	}
}
