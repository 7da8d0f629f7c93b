package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type metric struct {
	name  string
	value float64
}

// collector is what libraries bring along; registry asks all of them at once.
type collector interface{ collect(chan<- metric) }

type runtimeCollector struct{}

func (runtimeCollector) collect(out chan<- metric) {
	time.Sleep(3 * time.Millisecond) // reading the statistics stops the world for a moment
	for _, name := range []string{"threads", "goroutines", "heap_bytes"} {
		out <- metric{name, 1} // leaks
	}
}

type poolCollector struct {
	name  string
	sizes map[string]int
}

func (p *poolCollector) collect(out chan<- metric) {
	time.Sleep(2 * time.Millisecond)
	for key, size := range p.sizes {
		out <- metric{p.name + "_" + key, float64(size)} // leaks
	}
}

type collectorFunc func(chan<- metric)

func (f collectorFunc) collect(out chan<- metric) { f(out) }

type registry struct {
	mu         sync.Mutex
	collectors []collector
}

func (r *registry) gather() (map[string]float64, error) {
	r.mu.Lock()
	collectors := append([]collector(nil), r.collectors...)
	r.mu.Unlock()
	out := make(chan metric)
	var all sync.WaitGroup
	all.Add(len(collectors))
	for _, c := range collectors {
		go func(c collector) {
			defer all.Done()
			c.collect(out)
		}(c)
	}
	go func() {
		all.Wait() // leaks
		close(out)
	}()
	found := map[string]float64{}
	for m := range out {
		if _, twice := found[m.name]; twice {
			return nil, fmt.Errorf("%s was collected before", m.name)
		}
		found[m.name] = m.value
	}
	return found, nil
}

func main() {
	r := &registry{collectors: []collector{
		runtimeCollector{},
		&poolCollector{"db", map[string]int{"open": 3, "idle": 2}},
		collectorFunc(func(out chan<- metric) { out <- metric{"build_info", 1} }),
	}}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		found, err := r.gather()
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		fmt.Fprintln(w, len(found))
	}))
	request(address+"/metrics", 5)
	r.mu.Lock()
	r.collectors = append(r.collectors, collectorFunc(func(out chan<- metric) {
		out <- metric{"build_info", 1}
		out <- metric{"plugin_info", 1} // leaks
	}), &poolCollector{"cache", map[string]int{"open": 1, "idle": 1}})
	r.mu.Unlock()
	request(address+"/metrics", 12)
	record()
}
