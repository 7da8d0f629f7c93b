package main

import (
	"sync"
	"time"
)

func init() {
	kernels["locks-twice"] = kernel{run: locksTwice}
	kernels["opposite-order"] = kernel{run: oppositeOrder}
	kernels["returns-locked"] = kernel{run: returnsLocked, held: true}
	kernels["reads-twice-around-a-writer"] = kernel{run: readsTwice, held: true}
	kernels["upgrades-a-read-lock"] = kernel{run: upgrades}
	kernels["sends-while-locked"] = kernel{run: sendsWhileLocked}
	kernels["receives-while-locked"] = kernel{run: receivesWhileLocked, held: true}
	kernels["signal-lost"] = kernel{run: signalLost}
	kernels["condition-without-signaller"] = kernel{run: conditionWithoutSignaller, held: true}
	kernels["one-done-too-few"] = kernel{run: oneDoneTooFew}
	kernels["waits-in-the-loop"] = kernel{run: waitsInTheLoop, held: true}
	kernels["waits-for-itself"] = kernel{run: waitsForItself}
	kernels["waits-while-locked"] = kernel{run: waitsWhileLocked, held: true}
	kernels["once-within-once"] = kernel{run: onceWithinOnce}
	kernels["three-in-a-ring"] = kernel{run: threeInARing, held: true}
	kernels["waits-for-a-stuck-child"] = kernel{run: waitsForAStuckChild}
	kernels["callback-under-lock"] = kernel{run: callbackUnderLock, held: true}
}

type ledger struct {
	mu    sync.Mutex
	other sync.Mutex
	rw    sync.RWMutex
	sum   int
}

// Add locks and calls what locks again.
func locksTwice() {
	l := &ledger{}
	go l.add(1)
}

func (l *ledger) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sum = l.total() + n
}

func (l *ledger) total() int {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	return l.sum
}

func oppositeOrder() {
	l := &ledger{}
	go l.forth()
	go l.back()
}

func (l *ledger) forth() {
	l.mu.Lock()
	time.Sleep(10 * time.Millisecond)
	l.other.Lock() // leaks
	l.other.Unlock()
	l.mu.Unlock()
}

func (l *ledger) back() {
	l.other.Lock()
	time.Sleep(10 * time.Millisecond)
	l.mu.Lock() // leaks
	l.mu.Unlock()
	l.other.Unlock()
}

// An error path returns without unlocking.
func returnsLocked() {
	l := &ledger{}
	for i := 0; i < 3; i++ {
		go l.update()
	}
}

func (l *ledger) update() {
	l.mu.Lock() // leaks
	if breaks() != nil {
		return
	}
	l.mu.Unlock()
}

// A reader reads again while a writer waits for it.
func readsTwice() {
	l := &ledger{}
	go func() {
		l.rw.RLock()
		time.Sleep(20 * time.Millisecond)
		l.rw.RLock() // leaks
		l.rw.RUnlock()
		l.rw.RUnlock()
	}()
	go func() {
		time.Sleep(5 * time.Millisecond)
		l.rw.Lock() // leaks
		l.rw.Unlock()
	}()
}

func upgrades() {
	l := &ledger{}
	go l.upgrade()
}

func (l *ledger) upgrade() {
	l.rw.RLock()
	defer l.rw.RUnlock()
	if l.sum == 0 {
		l.rw.Lock() // leaks
		l.sum = 1
		l.rw.Unlock()
	}
}

type registry struct {
	mu      sync.Mutex
	changes chan string
	names   []string
}

// Tells of a change while it holds the lock that the listener needs.
func sendsWhileLocked() {
	r := &registry{changes: make(chan string)}
	go r.listen()
	go r.register("a")
	go r.register("b")
}

func (r *registry) register(name string) {
	r.mu.Lock() // leaks
	defer r.mu.Unlock()
	r.names = append(r.names, name)
	r.changes <- name // leaks
	r.changes <- name // leaks
}

func (r *registry) listen() {
	for range r.changes {
		r.mu.Lock() // leaks
		r.mu.Unlock()
	}
}

func receivesWhileLocked() {
	r := &registry{changes: make(chan string)}
	go func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		<-r.changes // leaks
	}()
	go func() {
		time.Sleep(5 * time.Millisecond)
		r.mu.Lock() // leaks
		defer r.mu.Unlock()
		r.changes <- "x"
	}()
}

type box struct {
	mu    sync.Mutex
	ready *sync.Cond
	full  bool
}

// The signal comes before the one who waits for it.
func signalLost() {
	b := &box{}
	b.ready = sync.NewCond(&b.mu)
	b.ready.Signal()
	go b.take()
}

func (b *box) take() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ready.Wait() // leaks
}

func conditionWithoutSignaller() {
	b := &box{}
	b.ready = sync.NewCond(&b.mu)
	for i := 0; i < 2; i++ {
		go func() {
			b.mu.Lock()
			for !b.full {
				b.ready.Wait() // leaks
			}
			b.mu.Unlock()
		}()
	}
}

func oneDoneTooFew() {
	var group sync.WaitGroup
	group.Add(2)
	go func() {
		defer group.Done()
	}()
	go func() {
		group.Wait() // leaks
	}()
}

// Waits within the loop that starts what it waits for.
func waitsInTheLoop() {
	go startAll(3)
}

func startAll(n int) {
	var group sync.WaitGroup
	group.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			group.Done()
		}()
		group.Wait() // leaks
	}
}

func waitsForItself() {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		group.Wait() // leaks
	}()
}

func waitsWhileLocked() {
	l := &ledger{}
	go l.closeAll()
}

func (l *ledger) closeAll() {
	var group sync.WaitGroup
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			l.mu.Lock() // leaks
			l.sum--
			l.mu.Unlock()
		}()
	}
	group.Wait() // leaks
}

type lazy struct {
	once sync.Once
}

func onceWithinOnce() {
	l := &lazy{}
	go l.load()
}

func (l *lazy) load() {
	l.once.Do(l.again) // leaks
}

func (l *lazy) again() {
	l.once.Do(func() {}) // leaks
}

func threeInARing() {
	var locks [3]sync.Mutex
	for i := range locks {
		go func(i int) {
			locks[i].Lock()
			time.Sleep(10 * time.Millisecond)
			locks[(i+1)%3].Lock() // leaks
			locks[(i+1)%3].Unlock()
			locks[i].Unlock()
		}(i)
	}
}

func waitsForAStuckChild() {
	go gather()
}

func gather() {
	var group sync.WaitGroup
	results := make(chan int)
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			results <- 1 // leaks
		}()
	}
	group.Wait() // leaks
	<-results
}

type hub struct {
	mu        sync.RWMutex
	callbacks []func()
}

// A callback that is called under the lock wants to remove itself.
func callbackUnderLock() {
	h := &hub{}
	h.callbacks = append(h.callbacks, func() { h.remove() })
	go h.notify()
}

func (h *hub) notify() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, call := range h.callbacks {
		call()
	}
}

func (h *hub) remove() {
	h.mu.Lock() // leaks
	h.callbacks = nil
	h.mu.Unlock()
}
