package main

import (
	"runtime"
	"sync"
	"syscall"
	"time"
)

// audit is the bug of the demo: nobody reads the channel any more, so each publish waits for ever.
type audit struct{ events chan order }

//go:noinline
func (a *audit) publish(o order) {
	a.events <- o
}

//go:noinline
func handleOrder(a *audit, id int) {
	go a.publish(order{id: id})
}

// leaks are the bugs of the corpus, by the name of their kind. Each takes how much leaks now: the
// first group goroutines, the second kilobytes.
type leaks struct {
	audit  *audit
	never  chan struct{}
	mutex  sync.Mutex
	wait   sync.WaitGroup
	hour   time.Duration // of the corpus, in real time
	byKey  map[int][]byte
	slices [][]byte
	caught []*entry
	mapped [][]byte
	deep   []chan int
	count  int
}

// entry is of a cache without eviction; its finalizer waits for a garbage collection that never frees it.
type entry struct {
	body []byte
	next *entry
}

func newLeaks(a *audit, hour time.Duration) *leaks {
	l := &leaks{audit: a, never: make(chan struct{}), hour: hour, byKey: map[int][]byte{}}
	l.mutex.Lock()
	l.wait.Add(1)
	return l
}

var goroutineLeaks = map[string]func(*leaks){
	"chan":   func(l *leaks) { handleOrder(l.audit, l.count) },
	"recv":   func(l *leaks) { go awaitReply(l.never) },
	"select": func(l *leaks) { go awaitEither(l.never, l.audit.events) },
	"mutex":  func(l *leaks) { go lockAgain(&l.mutex) },
	"wait":   func(l *leaks) { go awaitGroup(&l.wait) },
	"ticker": func(l *leaks) { go pollForEver(l.hour) },
	"buffer": func(l *leaks) { go holdBuffer(l.never, touched(make([]byte, 16*1024))) },
}

var kilobyteLeaks = map[string]func(*leaks, int){
	"map": func(l *leaks, kb int) { l.byKey[l.count] = touched(make([]byte, kb*1024)) },
	"slice": func(l *leaks, kb int) {
		l.slices = append(l.slices, touched(make([]byte, kb*1024)))
	},
	"finalizer": func(l *leaks, kb int) { l.catch(kb) },
	"mmap":      func(l *leaks, kb int) { l.mapMore(kb) },
	"stack":     func(l *leaks, kb int) { l.deepen(kb) },
}

func awaitReply(reply chan struct{}) { <-reply }

func awaitEither(cancelled chan struct{}, events chan order) {
	select {
	case <-cancelled:
	case events <- order{}:
	}
}

func lockAgain(mutex *sync.Mutex) {
	mutex.Lock()
	defer mutex.Unlock()
}

func awaitGroup(group *sync.WaitGroup) { group.Wait() }

func pollForEver(every time.Duration) {
	ticker := time.NewTicker(every) // never stopped, and nobody tells the loop to end
	for range ticker.C {
		runtime.Gosched()
	}
}

func holdBuffer(done chan struct{}, buffer []byte) {
	<-done
	runtime.KeepAlive(buffer)
}

func (l *leaks) catch(kb int) {
	e := &entry{body: touched(make([]byte, kb*1024))}
	if len(l.caught) > 0 {
		e.next = l.caught[len(l.caught)-1]
	}
	runtime.SetFinalizer(e, func(*entry) {})
	l.caught = append(l.caught, e)
}

// mapMore takes memory that the runtime does not know of, as a C library would.
func (l *leaks) mapMore(kb int) {
	bytes, err := syscall.Mmap(-1, 0, kb*1024, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return
	}
	l.mapped = append(l.mapped, touched(bytes))
}

// deepWorkers is how many goroutines share the deep stacks: their count stays, their stacks grow.
const deepWorkers = 400

func (l *leaks) hireDeepWorkers() {
	for i := 0; i < deepWorkers; i++ {
		more := make(chan int)
		l.deep = append(l.deep, more)
		go descend(more, 0)
	}
}

// deepen lets workers in turn recurse by about 32 KB each. A stack doubles when it is full, so a
// worker's grows in steps and all workers' together evenly.
func (l *leaks) deepen(kb int) {
	for ; kb > 0; kb -= 32 {
		l.deep[l.count%deepWorkers] <- 60
		l.count++
	}
}

// descend never returns: each order to go deeper adds frames of half a kilobyte.
func descend(more chan int, left int) byte {
	var frame [512]byte
	if left == 0 {
		left = <-more
	}
	frame[left%512] = 1
	return descend(more, left-1) + frame[(left+1)%512]
}

// leak loses so many goroutines, or kilobytes in pieces.
func (l *leaks) leak(kind string, amount int) {
	if one, found := goroutineLeaks[kind]; found {
		for ; amount > 0; amount-- {
			l.count++
			one(l)
		}
		return
	}
	const piece = 64
	for ; amount > 0; amount -= piece {
		l.count++
		kilobyteLeaks[kind](l, piece)
	}
}

func isLeak(kind string) bool {
	_, ofGoroutines := goroutineLeaks[kind]
	_, ofKilobytes := kilobyteLeaks[kind]
	return ofGoroutines || ofKilobytes
}
