package main

// pool holds idle workers: goroutines that are meant to be there.
type pool struct{ stops []chan struct{} }

func worker(stop chan struct{}) { <-stop }

func (p *pool) resize(n int) {
	if n < 0 {
		n = 0
	}
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
