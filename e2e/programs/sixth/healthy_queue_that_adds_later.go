package main

import (
	"container/heap"
	"fmt"
	"sync"
	"time"
)

type later struct {
	key string
	at  time.Time
}

type byTime []later

func (b byTime) Len() int           { return len(b) }
func (b byTime) Less(i, j int) bool { return b[i].at.Before(b[j].at) }
func (b byTime) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b *byTime) Push(x any)        { *b = append(*b, x.(later)) }
func (b *byTime) Pop() any {
	old := *b
	last := old[len(old)-1]
	*b = old[:len(old)-1]
	return last
}

type queue struct {
	cond *sync.Cond
	keys []string
	shut bool
}

func (q *queue) add(key string) {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	if !q.shut {
		q.keys = append(q.keys, key)
		q.cond.Signal()
	}
}

func (q *queue) get() (key string, ok bool) {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.keys) == 0 && !q.shut {
		q.cond.Wait()
	}
	if q.shut {
		return "", false
	}
	key, q.keys = q.keys[0], q.keys[1:]
	return key, true
}

func (q *queue) shutDown() {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	q.shut = true
	q.cond.Broadcast()
}

// delaying is a queue to which keys can be added for later.
type delaying struct {
	queue
	incoming chan later
	stop     chan struct{}
}

func newDelaying() *delaying {
	d := &delaying{queue{cond: sync.NewCond(&sync.Mutex{})}, make(chan later, 10), make(chan struct{})}
	go d.waitingLoop()
	return d
}

func (d *delaying) waitingLoop() {
	waiting := &byTime{}
	never := make(<-chan time.Time)
	for {
		next := never
		for waiting.Len() > 0 {
			until := time.Until((*waiting)[0].at)
			if until > 0 {
				next = time.After(until)
				break
			}
			d.add(heap.Pop(waiting).(later).key)
		}
		select {
		case l := <-d.incoming:
			heap.Push(waiting, l)
		case <-next:
		case <-d.stop:
			return
		}
	}
}

func (d *delaying) addAfter(key string, pause time.Duration) {
	select {
	case d.incoming <- later{key, time.Now().Add(pause)}:
	case <-d.stop:
	}
}

func (d *delaying) worker(tries *sync.Map) {
	for {
		key, ok := d.get()
		if !ok {
			return
		}
		if n, _ := tries.LoadOrStore(key, 1); n.(int) < 3 {
			tries.Store(key, n.(int)+1)
			d.addAfter(key, 10*time.Millisecond<<n.(int))
		}
	}
}

func main() {
	for _, kind := range []string{"pods", "jobs", "nodes"} {
		d := newDelaying()
		tries := &sync.Map{}
		for i := 0; i < 6; i++ {
			go d.worker(tries)
		}
		for i := 0; i < 15 && kind != "nodes"; i++ {
			d.add(fmt.Sprint(kind, i))
		}
		if kind == "jobs" {
			d.addAfter("hourly", time.Hour)
		}
	}
	time.Sleep(300 * time.Millisecond)
	record()
}
