package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"
)

var errClosed = errors.New("transport is closing")

// transport carries many streams over one connection, each with a window of its own.
type transport struct {
	mu      sync.Mutex
	streams map[uint32]*stream
	next    uint32
	frames  chan frame
	closed  chan struct{}
}

type frame struct {
	id   uint32
	data []byte
}

type stream struct {
	id     uint32
	t      *transport
	ctx    context.Context
	quota  int
	update chan int
}

func (t *transport) open(ctx context.Context) *stream {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.next++
	s := &stream{t.next, t, ctx, 4, make(chan int, 1)}
	t.streams[s.id] = s
	return s
}

func (s *stream) send(data []byte) error {
	for s.quota < len(data) {
		select { // leaks
		case n := <-s.update:
			s.quota += n
		case <-s.t.closed:
			return errClosed
		case <-s.ctx.Done():
			return s.ctx.Err()
		}
	}
	s.quota -= len(data)
	select {
	case s.t.frames <- frame{s.id, data}:
		return nil
	case <-s.t.closed:
		return errClosed
	}
}

// reset forgets a stream the other side has no more use for.
func (t *transport) reset(id uint32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.streams, id)
}

func (t *transport) credit(id uint32, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s := t.streams[id]; s != nil {
		s.update <- n
	}
}

func (t *transport) write() {
	for {
		select {
		case f := <-t.frames:
			if f.id%3 == 0 {
				t.reset(f.id)
				continue
			}
			go t.credit(f.id, len(f.data))
		case <-t.closed:
			return
		}
	}
}

type exporter struct{ t *transport }

func (e exporter) push(ctx context.Context, rows int) {
	s := e.t.open(ctx)
	for i := 0; i < rows; i++ {
		if err := s.send([]byte("row;")); err != nil {
			fmt.Println(err)
			return
		}
	}
	e.t.reset(s.id)
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	t := &transport{streams: map[uint32]*stream{}, frames: make(chan frame), closed: make(chan struct{})}
	go t.write()
	e := exporter{t}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		go e.push(ctx, 5)
		w.WriteHeader(http.StatusAccepted)
	}))
	request(address+"/export", 36)
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
}
