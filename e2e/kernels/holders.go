package main

import (
	"sync"
	"time"
)

// Locks, conditions and counters whose holder never lets go.

func init() {
	add := func(name string, held bool, run func()) { kernels[name] = kernel{run: run, held: held} }
	add("locks-again-behind-an-interface", tuned, locksAgainBehindAnInterface)
	add("account-and-bank", tuned, accountAndBank)
	add("continues-locked", held, continuesLocked)
	add("global-lock-held-by-a-sender", held, globalLockHeldByASender)
	add("defers-the-wrong-call", held, defersTheWrongCall)
	add("copies-a-locked-lock", tuned, copiesALockedLock)
	add("waits-for-a-condition-with-a-second-lock", tuned, waitsWithASecondLock)
	add("signals-one-of-three", tuned, signalsOneOfThree)
	add("two-onces", tuned, twoOnces)
	add("upgrades-in-a-cache-of-any-type", tuned, upgradesInACacheOfAnyType)
	add("counts-one-it-skips", tuned, countsOneItSkips)
	add("panic-before-done", tuned, panicBeforeDone)
	add("leader-of-a-flight-panicked", tuned, leaderOfAFlightPanicked)
	add("timer-meets-a-held-lock", tuned, timerMeetsAHeldLock)
	add("visitor-calls-back", held, visitorCallsBack)
	add("shuts-down-under-its-lock", held, shutsDownUnderItsLock)
	add("reader-waits-for-a-writers-channel", held, readerWaitsForAWritersChannel)
	kernels["caller-never-returns"] = kernel{held: tuned, run: callerNeverReturns, blocks: true}
	kernels["main-waits-for-all"] = kernel{held: tuned, run: mainWaitsForAll, blocks: true}
	kernels["caller-locks-twice"] = kernel{held: held, run: callerLocksTwice, blocks: true}
}

type listener interface{ changed(name string) }

type settings struct {
	mu        sync.Mutex
	values    map[string]string
	listeners []listener
}

func (s *settings) set(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[name] = value
	for _, l := range s.listeners {
		l.changed(name)
	}
}

func (s *settings) get(name string) string {
	s.mu.Lock() // leaks
	defer s.mu.Unlock()
	return s.values[name]
}

type view struct{ of *settings }

func (v view) changed(name string) { _ = v.of.get(name) }

func locksAgainBehindAnInterface() {
	s := &settings{values: map[string]string{}}
	s.listeners = append(s.listeners, view{s})
	go s.set("a", "b")
}

type account struct {
	mu   sync.Mutex
	bank *bank
}

type bank struct {
	mu       sync.Mutex
	accounts []*account
}

func (a *account) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	time.Sleep(5 * time.Millisecond)
	a.bank.forget()
}

func (b *bank) forget() {
	b.mu.Lock() // leaks
	defer b.mu.Unlock()
}

func (b *bank) audit() {
	b.mu.Lock()
	defer b.mu.Unlock()
	time.Sleep(5 * time.Millisecond)
	for _, a := range b.accounts {
		a.check()
	}
}

func (a *account) check() {
	a.mu.Lock() // leaks
	a.mu.Unlock()
}

func accountAndBank() {
	b := &bank{}
	b.accounts = []*account{{bank: b}}
	go b.audit()
	go b.accounts[0].close()
}

type sweeper struct {
	mu    sync.Mutex
	items []int
}

// A loop that goes on to the next without unlocking.
func (s *sweeper) sweep() {
	for _, item := range s.items {
		s.mu.Lock() // leaks
		if item%2 == 0 {
			continue
		}
		s.mu.Unlock()
	}
}

func continuesLocked() {
	s := &sweeper{items: []int{1, 2, 3}}
	go s.sweep()
}

var (
	auditLock  sync.Mutex
	auditTrail = make(chan string)
)

func recordAudit(line string) {
	auditLock.Lock() // leaks
	defer auditLock.Unlock()
	auditTrail <- line // leaks
}

// What is shared is global, and no two functions belong together.
func globalLockHeldByASender() {
	go recordAudit("first")
	time.Sleep(time.Millisecond)
	go recordAudit("second")
}

type gauge struct {
	mu sync.Mutex
	n  int
}

func (g *gauge) inc() {
	g.mu.Lock()
	defer g.mu.Lock()
	g.n++
} // leaks

func defersTheWrongCall() {
	g := &gauge{}
	go g.inc()
}

type point struct {
	mu   sync.Mutex
	x, y int
}

func copiesALockedLock() {
	p := &point{}
	p.mu.Lock()
	snapshot := *p //nolint:govet
	p.mu.Unlock()
	go shift(&snapshot)
}

func shift(p *point) {
	p.mu.Lock() // leaks
	p.x++
	p.mu.Unlock()
}

type stock struct {
	outer sync.Mutex
	inner sync.Mutex
	some  *sync.Cond
	n     int
}

// Waiting gives up the inner lock, not the outer, which who would signal needs.
func (s *stock) take() {
	s.outer.Lock()
	defer s.outer.Unlock()
	s.inner.Lock()
	for s.n == 0 {
		s.some.Wait() // leaks
	}
	s.n--
	s.inner.Unlock()
}

func (s *stock) add() {
	s.outer.Lock() // leaks
	defer s.outer.Unlock()
	s.inner.Lock()
	s.n++
	s.inner.Unlock()
	s.some.Signal()
}

func waitsWithASecondLock() {
	s := &stock{}
	s.some = sync.NewCond(&s.inner)
	go s.take()
	time.Sleep(time.Millisecond)
	go s.add()
}

type gate struct {
	mu   sync.Mutex
	open bool
	cond *sync.Cond
}

func (g *gate) pass() {
	g.mu.Lock()
	for !g.open {
		g.cond.Wait() // leaks
	}
	g.mu.Unlock()
}

func (g *gate) unlatch() {
	g.mu.Lock()
	g.open = true
	g.mu.Unlock()
	g.cond.Signal()
}

func signalsOneOfThree() {
	g := &gate{}
	g.cond = sync.NewCond(&g.mu)
	for i := 0; i < 3; i++ {
		go g.pass()
	}
	time.Sleep(2 * time.Millisecond)
	go g.unlatch()
}

type modules struct{ first, second sync.Once }

func (m *modules) one() {
	m.first.Do(func() { // leaks
		time.Sleep(2 * time.Millisecond)
		m.second.Do(func() {}) // leaks
	})
}

func (m *modules) two() {
	m.second.Do(func() { // leaks
		time.Sleep(2 * time.Millisecond)
		m.first.Do(func() {}) // leaks
	})
}

func twoOnces() {
	m := &modules{}
	go m.one()
	go m.two()
}

type cache[K comparable, V any] struct {
	mu    sync.RWMutex
	items map[K]V
}

func (c *cache[K, V]) get(key K, load func() V) V {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if item, known := c.items[key]; known {
		return item
	}
	return c.put(key, load())
}

func (c *cache[K, V]) put(key K, item V) V {
	c.mu.Lock() // leaks
	defer c.mu.Unlock()
	c.items[key] = item
	return item
}

func upgradesInACacheOfAnyType() {
	c := &cache[string, int]{items: map[string]int{}}
	go c.get("a", func() int { return 1 })
}

// Counts all, starts only those that are due.
func countsOneItSkips() {
	due := []bool{true, false, true}
	var group sync.WaitGroup
	group.Add(len(due))
	for _, is := range due {
		if !is {
			continue
		}
		go func() { group.Done() }()
	}
	go finish(&group)
}

func finish(group *sync.WaitGroup) {
	group.Wait() // leaks
}

type crew struct{ wait sync.WaitGroup }

func (c *crew) work() {
	defer func() { _ = recover() }()
	panic("broken")
	c.wait.Done() //nolint:govet
}

func (c *crew) home() {
	c.wait.Wait() // leaks
}

func panicBeforeDone() {
	c := &crew{}
	c.wait.Add(1)
	go c.work()
	go c.home()
}

type flight struct {
	mu    sync.Mutex
	calls map[string]*sync.WaitGroup
}

func (f *flight) do(key string, load func()) {
	f.mu.Lock()
	if running, known := f.calls[key]; known {
		f.mu.Unlock()
		running.Wait() // leaks
		return
	}
	call := &sync.WaitGroup{}
	call.Add(1)
	f.calls[key] = call
	f.mu.Unlock()
	defer func() { _ = recover() }()
	load()
	call.Done()
}

func leaderOfAFlightPanicked() {
	f := &flight{calls: map[string]*sync.WaitGroup{}}
	go f.do("a", func() { time.Sleep(2 * time.Millisecond); panic("load") })
	time.Sleep(time.Millisecond)
	go f.do("a", nil)
	go f.do("a", nil)
}
