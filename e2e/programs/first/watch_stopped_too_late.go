package main

import "sync"

type decoder interface{ decode() (string, error) }

type endless struct{}

func (endless) decode() (string, error) { return "pod", nil }

type streamWatcher struct {
	sync.Mutex
	source decoder
	result chan string
	ended  bool
}

func newStreamWatcher(d decoder) *streamWatcher {
	w := &streamWatcher{source: d, result: make(chan string)}
	go w.receive()
	return w
}

func (w *streamWatcher) stop() {
	w.Lock()
	defer w.Unlock()
	w.ended = true
}

func (w *streamWatcher) stopping() bool {
	w.Lock()
	defer w.Unlock()
	return w.ended
}

func (w *streamWatcher) receive() {
	defer close(w.result)
	for {
		event, err := w.source.decode()
		if err != nil || w.stopping() {
			return
		}
		w.result <- event // leaks
	}
}

func main() {
	for i := 0; i < 33; i++ {
		w := newStreamWatcher(endless{})
		<-w.result
		w.stop()
	}
	record()
}
