package main

type component struct {
	name    string
	stopped chan struct{}
	needs   []*component
}

func (c *component) stop() {
	defer close(c.stopped)
	for _, other := range c.needs {
		<-other.stopped // leaks
	}
}

func main() {
	web := &component{name: "web", stopped: make(chan struct{})}
	store := &component{name: "store", stopped: make(chan struct{})}
	web.needs, store.needs = []*component{store}, []*component{web}
	for _, c := range []*component{web, store} {
		go c.stop()
	}
	record()
}
