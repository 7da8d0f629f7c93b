package main

import "sync"

type event int

type machine struct {
	events chan event
	quit   chan struct{}
	wg     sync.WaitGroup
}

func (m *machine) dispatch() {
	for {
		select {
		case <-m.events:
		case <-m.quit:
			return
		}
	}
}

func (m *machine) work() {
	defer m.wg.Done()
	<-m.quit
	m.events <- event(1) // leaks
}

func (m *machine) stop() {
	close(m.quit)
	m.wg.Wait() // leaks
}

func main() {
	m := &machine{events: make(chan event), quit: make(chan struct{})}
	done := make(chan bool)
	go func() {
		m.dispatch()
		close(done)
	}()
	m.wg.Add(2)
	begin := func() {
		<-done
		m.work()
	}
	go begin()
	go begin()
	go m.stop()
	record()
}
