// A small Go service that is made to behave well or badly: over HTTP by the tests and the demo, and by
// flags, in a time of its own, where the labelled corpus is recorded. Metrics and pprof are the real ones.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand"
	"net"
	"net/http"
	_ "net/http/pprof"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type service struct {
	mu            sync.Mutex
	pool          pool
	audit         *audit
	cache         cache
	leakPerSecond float64
	heapPerSecond int
	rig           *rig
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
	s.rig.churn(elapsed.Seconds(), 1)
}

func (s *service) run() {
	last := time.Now()
	for now := range time.Tick(100 * time.Millisecond) {
		s.tick(now.Sub(last))
		last = now
	}
}

// behave sets what its query names: workers=N, leak=GOROUTINES_PER_SECOND, heap=BYTES_PER_SECOND, and the
// rig's knobs alloc=BYTES_PER_SECOND, mix=SHARE_OF_LARGE_OBJECTS, gogc=PERCENT.
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
		case "alloc":
			s.rig.allocPerSecond = value
		case "mix":
			if value > 1 {
				http.Error(w, "mix: a share from 0 to 1", http.StatusBadRequest)
				return
			}
			s.rig.mix = value
		case "gogc":
			s.rig.trigger(int(value))
		default:
			http.Error(w, key+": unknown; workers, leak, heap, alloc, mix or gogc", http.StatusBadRequest)
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
	alloc := flag.Float64("alloc", 0, "bytes of garbage a second")
	mix := flag.Float64("mix", 0.3, "share of the garbage in large objects, 0 to 1")
	gogc := flag.Int("gogc", 0, "when the collector starts, in percent; -1 is off, 0 leaves it as GOGC says")
	var c corpus
	c.flags()
	flag.Parse()
	time.Sleep(*startup)

	rig := newRig(rand.New(rand.NewSource(c.seed + 1)))
	rig.allocPerSecond, rig.mix = *alloc, *mix
	if *gogc != 0 {
		rig.trigger(*gogc)
	}
	if c.day > 0 {
		if err := c.start(rig); err != nil {
			log.Fatal(err)
		}
		http.Handle("/metrics", c.metrics(rig))
	} else {
		s := &service{audit: &audit{events: make(chan order)}, rig: rig}
		s.pool.resize(*workers)
		go s.run()
		http.Handle("/metrics", promhttp.Handler())
		http.HandleFunc("/behave", s.behave)
		http.HandleFunc("/reset", s.reset)
	}
	http.HandleFunc("/healthy", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })

	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on %s", listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}
