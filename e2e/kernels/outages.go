package main

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"
)

// Leaks after what is told of outages of stores, schedulers and containers: somebody ended early, and somebody else
// was not told.

func init() {
	add := func(name string, held bool, run func()) { kernels[name] = kernel{run: run, held: held} }
	add("watch-stream-gone", held, watchStreamGone)
	add("lease-halts-early", tuned, leaseHaltsEarly)
	add("proposal-to-a-stopped-node", held, proposalToAStoppedNode)
	add("listener-popped-for-nobody", held, listenerPoppedForNobody)
	add("poll-until-nobody-asks", held, pollUntilNobodyAsks)
	add("watcher-list-under-a-read-lock", held, watcherListUnderAReadLock)
	add("attach-waits-for-its-input", held, attachWaitsForItsInput)
	add("topic-without-deadline", tuned, topicWithoutDeadline)
	add("state-channel-replaced", tuned, stateChannelReplaced)
	add("quota-never-granted", tuned, quotaNeverGranted)
	add("buffer-closed-in-silence", held, bufferClosedInSilence)
	add("drains-before-it-stops", tuned, drainsBeforeItStops)
}

type watchStream struct {
	control chan string
	ctx     context.Context
}

// Whoever sends out ends with the context; whoever takes in does not look at it.
func watchStreamGone() {
	ctx, cancel := context.WithCancel(context.Background())
	s := &watchStream{make(chan string), ctx}
	go s.sendLoop()
	go s.receiveLoop()
	cancel()
}

func (s *watchStream) sendLoop() {
	for {
		select {
		case <-s.control:
		case <-s.ctx.Done():
			return
		}
	}
}

func (s *watchStream) receiveLoop() {
	time.Sleep(5 * time.Millisecond)
	s.control <- "created" // leaks
}

type tenure struct {
	stop chan struct{}
	done chan struct{}
}

func (l *tenure) renew() {
	if breaks() != nil {
		return // done is closed only further down
	}
	<-l.stop
	close(l.done)
}

func (l *tenure) halt() {
	close(l.stop)
	<-l.done // leaks
}

func leaseHaltsEarly() {
	l := &tenure{make(chan struct{}), make(chan struct{})}
	go l.renew()
	go l.halt()
}

type replica struct {
	proposals chan []byte
	stopped   chan struct{}
}

func (n *replica) run() {
	for {
		select {
		case <-n.proposals:
		case <-n.stopped:
			return
		}
	}
}

func (n *replica) propose(ctx context.Context, data []byte) error {
	select { // leaks
	case n.proposals <- data:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The node has stopped, and the context is one that never ends.
func proposalToAStoppedNode() {
	n := &replica{make(chan []byte), make(chan struct{})}
	go n.run()
	close(n.stopped)
	time.Sleep(2 * time.Millisecond)
	go n.propose(context.Background(), []byte("a"))
}

type informed struct {
	added chan int
	next  chan int
}

func (l *informed) pop() {
	defer close(l.next)
	var pending []int
	for {
		var out chan int
		first := 0
		if len(pending) > 0 {
			out, first = l.next, pending[0]
		}
		select { // leaks
		case out <- first:
			pending = pending[1:]
		case n, open := <-l.added:
			if !open {
				return
			}
			pending = append(pending, n)
		}
	}
}

func (l *informed) run() {
	for n := range l.next { // leaks
		_ = n
	}
}

// Its informer forgot it without closing what it adds to.
func listenerPoppedForNobody() {
	l := &informed{make(chan int), make(chan int)}
	go l.pop()
	go l.run()
	l.added <- 1
}

func pollEvery(interval time.Duration, done <-chan struct{}) <-chan struct{} {
	ticks := make(chan struct{})
	go func() {
		defer close(ticks)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				ticks <- struct{}{} // leaks
			case <-done:
				return
			}
		}
	}()
	return ticks
}

// The condition is true at once; nobody takes ticks any more, nor says so.
func pollUntilNobodyAsks() {
	ticks := pollEvery(time.Millisecond, make(chan struct{}))
	<-ticks
}

type watchCache struct {
	mu       sync.RWMutex
	watchers map[int]*cacheWatcher
}

type cacheWatcher struct {
	cache *watchCache
	id    int
	input chan string
}

func (c *watchCache) dispatch(event string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, w := range c.watchers {
		w.input <- event // leaks
	}
}

func (w *cacheWatcher) forget() {
	w.cache.mu.Lock() // leaks
	delete(w.cache.watchers, w.id)
	w.cache.mu.Unlock()
	close(w.input)
}

func (w *cacheWatcher) process() {
	<-w.input
	time.Sleep(2 * time.Millisecond)
	w.forget()
}

func watcherListUnderAReadLock() {
	c := &watchCache{watchers: map[int]*cacheWatcher{}}
	w := &cacheWatcher{c, 1, make(chan string)}
	c.watchers[1] = w
	go w.process()
	go func() {
		c.dispatch("added")
		c.dispatch("changed")
	}()
}

// The process has ended, but whoever attached to it waits until all three streams are copied.
func attachWaitsForItsInput() {
	input, _ := io.Pipe()
	var streams sync.WaitGroup
	streams.Add(2)
	go func() {
		defer streams.Done()
		io.Copy(io.Discard, strings.NewReader("output"))
	}()
	go func() {
		defer streams.Done()
		io.Copy(io.Discard, input) // leaks
	}()
	go func() {
		streams.Wait() // leaks
	}()
}

type publisher struct {
	mu     sync.RWMutex
	topics []chan string
}

func (p *publisher) publish(text string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, topic := range p.topics {
		topic <- text // leaks
	}
}

func (p *publisher) subscribe() <-chan string {
	p.mu.Lock()
	defer p.mu.Unlock()
	topic := make(chan string, 1)
	p.topics = append(p.topics, topic)
	return topic
}

// A client went away after one event; without a deadline the publisher waits for it.
func topicWithoutDeadline() {
	p := &publisher{}
	events := p.subscribe()
	go func() {
		for i := 0; i < 3; i++ {
			p.publish("started")
		}
	}()
	<-events
}

type containerState struct {
	mu      sync.Mutex
	changed chan struct{}
}

func (s *containerState) set() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed = make(chan struct{}) // the old one should be closed
}

func (s *containerState) waitStop() {
	s.mu.Lock()
	changed := s.changed
	s.mu.Unlock()
	<-changed // leaks
}

func stateChannelReplaced() {
	s := &containerState{changed: make(chan struct{})}
	for i := 0; i < 2; i++ {
		go s.waitStop()
	}
	time.Sleep(2 * time.Millisecond)
	s.set()
}

type transport struct {
	quota    chan int
	shutdown chan struct{}
}

func (t *transport) write(ctx context.Context, goAway <-chan struct{}) error {
	select { // leaks
	case <-t.quota:
	case <-goAway:
	case <-t.shutdown:
	case <-ctx.Done():
	}
	return nil
}

// The window was used up, and the other side is gone without a word.
func quotaNeverGranted() {
	t := &transport{make(chan int), make(chan struct{})}
	go t.write(context.Background(), nil)
}

type buffered struct {
	mu     sync.Mutex
	wait   sync.Cond
	data   []byte
	closed bool
}

func (b *buffered) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.data) == 0 && !b.closed {
		b.wait.Wait() // leaks
	}
	n := copy(p, b.data)
	b.data = b.data[n:]
	return n, io.EOF
}

func (b *buffered) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true // and nobody is woken
	return nil
}

func bufferClosedInSilence() {
	b := &buffered{}
	b.wait.L = &b.mu
	go b.Read(make([]byte, 10))
	time.Sleep(2 * time.Millisecond)
	b.Close()
}

type stopper struct {
	mu    sync.Mutex
	idle  *sync.Cond
	tasks int
	stop  chan struct{}
}

func (s *stopper) task() {
	<-s.stop // leaks
	s.mu.Lock()
	s.tasks--
	s.mu.Unlock()
	s.idle.Broadcast()
}

// Waits until no task is left before it tells them to stop.
func (s *stopper) quiesce() {
	s.mu.Lock()
	for s.tasks > 0 {
		s.idle.Wait() // leaks
	}
	s.mu.Unlock()
	close(s.stop)
}

func drainsBeforeItStops() {
	s := &stopper{tasks: 2, stop: make(chan struct{})}
	s.idle = sync.NewCond(&s.mu)
	go s.task()
	go s.task()
	go s.quiesce()
}
