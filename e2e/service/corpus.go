package main

import (
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// corpus is the service as the recorder of the labelled corpus runs it: it lives in a time of its own
// in which a day lasts as long as -day says, and all that is random comes from -seed. Lengths in its
// specs are hours of that time.
type corpus struct {
	day, begin      time.Duration
	seed            int64
	traffic, memory spec
	workers, leak   spec
	limits          spec
	gaps            string

	mu       sync.Mutex
	hidden   [][2]float64 // hours in which it cannot be scraped
	kind     string
	requests *traffic
	held     cache
	pool     pool
	leaks    *leaks
	owed     float64
	flushed  float64
	started  float64
	last     float64
	forced   float64
}

// tickMinutes of the corpus pass between two ticks: as often as it is scraped.
const tickMinutes = 1

func (c *corpus) flags() {
	c.traffic = newSpec(trafficNames...)
	c.memory = newSpec("mb", "cache-mb", "cache-tau", "flush-every", "request-kb", "piece-kb", "forced-gc", "mapped-mb", "limit-mb")
	c.workers = newSpec("idle", "to", "tau")
	c.leak = newSpec("per-hour", "after", "coupled", "every")
	c.limits = newSpec("goroutines", "mb")
	flag.DurationVar(&c.day, "day", 0, "how long a day of the corpus lasts; 0 is no corpus")
	flag.DurationVar(&c.begin, "begin", 0, "when the corpus began, since 1970")
	flag.Int64Var(&c.seed, "seed", 1, "of everything random")
	flag.Var(&c.traffic, "traffic", "requests in flight: "+strings.Join(trafficNames, ", "))
	flag.Var(&c.memory, "memory", "what is held: mb, cache-mb filled within cache-tau, flush-every, request-kb, limit-mb (GOMEMLIMIT)")
	flag.Var(&c.workers, "pool", "idle workers that grow to a plateau: idle, to, tau")
	flag.Var(&c.leak, "leak", "what leaks: a kind, per-hour (goroutines or kilobytes), after, coupled to traffic, every so many hours")
	flag.Var(&c.limits, "limit", "where the process ends with 137: goroutines, mb of resident memory")
	flag.StringVar(&c.gaps, "gaps", "", "hours in which scrapes fail, as FROM:LENGTH FROM:LENGTH")
}

func (c *corpus) hour(now time.Time) float64 {
	since := now.Sub(time.Unix(0, 0).Add(c.begin))
	return 24 * float64(since) / float64(c.day)
}

// start checks what the flags say and begins to live.
func (c *corpus) start(rig *rig) error {
	if c.leak.kind != "" && !isLeak(c.leak.kind) {
		return fmt.Errorf("-leak: no kind %q", c.leak.kind)
	}
	for _, gap := range strings.Fields(c.gaps) {
		from, length, _ := strings.Cut(gap, ":")
		begin, err := strconv.ParseFloat(from, 64)
		hours, err2 := strconv.ParseFloat(length, 64)
		if err != nil || err2 != nil {
			return fmt.Errorf("-gaps: %q is not FROM:LENGTH in hours", gap)
		}
		c.hidden = append(c.hidden, [2]float64{begin, begin + hours})
	}
	c.requests = newTraffic(c.traffic, rand.New(rand.NewSource(c.seed)))
	c.leaks = newLeaks(&audit{events: make(chan order)}, c.day/24)
	if limit := c.memory.number("limit-mb", 0); limit > 0 {
		debug.SetMemoryLimit(int64(limit) << 20)
	}
	if mapped := c.memory.number("mapped-mb", 0); mapped > 0 {
		c.leaks.mapMore(int(mapped) << 10)
	}
	if c.leak.kind == "stack" {
		c.leaks.hireDeepWorkers()
	}
	time.Sleep(time.Until(time.Unix(0, 0).Add(c.begin)))
	c.started = c.hour(time.Now())
	c.last, c.flushed, c.forced = c.started, c.started, c.started
	go c.run(rig)
	return nil
}

func (c *corpus) run(rig *rig) {
	every := time.Duration(float64(c.day) / 1440 * tickMinutes)
	for now := range time.Tick(every) {
		c.tick(c.hour(now), every.Seconds(), rig)
		c.endAtLimit()
	}
}

func (c *corpus) tick(hour, seconds float64, rig *rig) {
	c.mu.Lock()
	defer c.mu.Unlock()
	elapsed := math.Max(hour-c.last, 0)
	c.last = hour
	inFlight := c.requests.next(hour, elapsed)
	work := inFlight / math.Max(1, c.traffic.number("level", 0))
	c.pool.resize(int(c.idle(hour) + inFlight))
	piece := int(c.memory.number("piece-kb", 16) * 1024)
	c.held.hold(int(c.bytes(hour, inFlight)), piece)
	rig.churn(seconds, work)
	c.lose(hour, elapsed, work)
	if minutes := c.memory.number("forced-gc", 10); minutes > 0 && (hour-c.forced)*60 >= minutes {
		c.forced = hour
		runtime.GC()
	}
}

func (c *corpus) idle(hour float64) float64 {
	idle := c.workers.number("idle", 0)
	to := c.workers.number("to", idle)
	return idle + (to-idle)*(1-math.Exp(-(hour-c.started)/c.workers.number("tau", 6)))
}

func (c *corpus) bytes(hour, inFlight float64) float64 {
	if every := c.memory.number("flush-every", 0); every > 0 && hour-c.flushed >= every {
		c.flushed = hour
	}
	filled := 1 - math.Exp(-(hour-c.flushed)/c.memory.number("cache-tau", 6))
	megabytes := c.memory.number("mb", 4) + c.memory.number("cache-mb", 0)*filled
	return megabytes*(1<<20) + inFlight*c.memory.number("request-kb", 0)*1024
}

// lose leaks what is due: evenly, with the traffic, or in steps.
func (c *corpus) lose(hour, elapsed, work float64) {
	if c.leak.kind == "" || hour < c.leak.number("after", 0) {
		return
	}
	if c.leak.number("coupled", 0) == 0 {
		work = 1
	}
	before := hour - elapsed
	c.owed += c.leak.number("per-hour", 0) * elapsed * work
	if every := c.leak.number("every", 0); every > 0 && math.Floor(hour/every) == math.Floor(before/every) {
		return
	}
	if least := c.piece(); c.owed >= least {
		due := math.Floor(c.owed/least) * least
		c.leaks.leak(c.leak.kind, int(due))
		c.owed -= due
	}
}

func (c *corpus) piece() float64 {
	if _, ofGoroutines := goroutineLeaks[c.leak.kind]; ofGoroutines {
		return 1
	}
	return 64
}

// endAtLimit is what the kernel, or a stall, would do.
func (c *corpus) endAtLimit() {
	goroutines := c.limits.number("goroutines", math.Inf(1))
	megabytes := c.limits.number("mb", math.Inf(1))
	if float64(runtime.NumGoroutine()) >= goroutines || residentMegabytes() >= megabytes {
		log.Print("at the limit")
		os.Exit(137)
	}
}

func residentMegabytes() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

// metrics has what every Go service exposes, and two gauges of newer client_golang releases than the one
// it is built with. Not compressed: it is scraped many times a second.
func (c *corpus) metrics(rig *rig) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "go_gc_gogc_percent", Help: "GOGC."}, rig.gogcPercent),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "go_gc_gomemlimit_bytes", Help: "GOMEMLIMIT."},
			func() float64 { return float64(debug.SetMemoryLimit(-1)) }),
	)
	handler := promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hour := c.hour(time.Now())
		for _, gap := range c.hidden {
			if hour >= gap[0] && hour < gap[1] {
				http.Error(w, "not to be scraped now", http.StatusServiceUnavailable)
				return
			}
		}
		handler.ServeHTTP(w, r)
	})
}
