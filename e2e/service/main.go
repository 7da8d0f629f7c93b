// A small Go service whose behaviour is set over HTTP: the tests and the demo make it healthy, let it
// step to a new level, or let it leak goroutines or heap. Metrics and pprof are the real ones.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// order is what the service claims to handle; a leaked one is big enough to be seen in a heap profile.
type order struct {
	id   int
	body []byte
}

// audit is the bug: nobody reads the channel any more, so each publish waits for ever.
type audit struct{ events chan order }

//go:noinline
func (a *audit) publish(o order) {
	a.events <- o
}

//go:noinline
func handleOrder(a *audit, id int) {
	go a.publish(order{id: id})
}

// cache is the other bug: it keeps every order.
type cache struct {
	mu     sync.Mutex
	orders []order
}

//go:noinline
func (c *cache) remember(id, bytes int) {
	o := order{id: id, body: make([]byte, bytes)}
	for i := 0; i < len(o.body); i += 4096 {
		o.body[i] = 1 // touched, so that it is resident and not only promised
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders = append(c.orders, o)
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders = nil
}

// pool holds idle workers: goroutines that are meant to be there.
type pool struct{ stops []chan struct{} }

func worker(stop chan struct{}) { <-stop }

func (p *pool) resize(n int) {
	for len(p.stops) > n {
		last := len(p.stops) - 1
		close(p.stops[last])
		p.stops = p.stops[:last]
	}
	for len(p.stops) < n {
		stop := make(chan struct{})
		p.stops = append(p.stops, stop)
		go worker(stop)
	}
}

type service struct {
	mu            sync.Mutex
	pool          pool
	audit         *audit
	cache         cache
	leakPerSecond float64
	heapPerSecond int
	owed          float64 // fractions of a goroutine not leaked yet
	handled       int
}

// tick runs ten times a second; what it leaks is spread evenly.
func (s *service) tick(elapsed time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.owed += s.leakPerSecond * elapsed.Seconds()
	for ; s.owed >= 1; s.owed-- {
		s.handled++
		handleOrder(s.audit, s.handled)
	}
	if bytes := int(float64(s.heapPerSecond) * elapsed.Seconds()); bytes > 0 {
		s.handled++
		s.cache.remember(s.handled, bytes)
	}
}

func (s *service) run() {
	last := time.Now()
	for now := range time.Tick(100 * time.Millisecond) {
		s.tick(now.Sub(last))
		last = now
	}
}

// behave sets what its query names: workers=N, leak=GOROUTINES_PER_SECOND, heap=BYTES_PER_SECOND.
func (s *service) behave(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, values := range r.URL.Query() {
		value, err := strconv.ParseFloat(values[0], 64)
		if err != nil || value < 0 || value > 1e9 {
			http.Error(w, fmt.Sprintf("%s=%q: a number from 0 to 1e9 is needed", key, values[0]), http.StatusBadRequest)
			return
		}
		switch key {
		case "workers":
			if value > 200_000 {
				http.Error(w, "workers: at most 200000", http.StatusBadRequest)
				return
			}
			s.pool.resize(int(value))
		case "leak":
			s.leakPerSecond = value
		case "heap":
			s.heapPerSecond = int(value)
		default:
			http.Error(w, key+": unknown; workers, leak or heap", http.StatusBadRequest)
			return
		}
	}
	fmt.Fprintf(w, "workers=%d leak=%g heap=%d\n", len(s.pool.stops), s.leakPerSecond, s.heapPerSecond)
}

// reset stops leaking and lets go of all that leaked, without a restart.
func (s *service) reset(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leakPerSecond, s.heapPerSecond, s.owed = 0, 0, 0
	abandoned := s.audit
	s.audit = &audit{events: make(chan order)}
	go func() {
		for {
			select {
			case <-abandoned.events:
			case <-time.After(time.Second):
				return
			}
		}
	}()
	s.cache.clear()
	fmt.Fprintln(w, "reset")
}

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address to serve on")
	workers := flag.Int("workers", 0, "idle goroutines to hold")
	startup := flag.Duration("startup", 0, "time to wait before serving")
	flag.Parse()
	time.Sleep(*startup)

	s := &service{audit: &audit{events: make(chan order)}}
	s.pool.resize(*workers)
	go s.run()
	http.Handle("/metrics", promhttp.Handler())
	http.HandleFunc("/behave", s.behave)
	http.HandleFunc("/reset", s.reset)
	http.HandleFunc("/healthy", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })

	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on %s", listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}
