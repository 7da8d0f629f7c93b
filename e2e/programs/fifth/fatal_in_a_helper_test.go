package shop

import (
	"errors"
	"sync"
	"testing"
	"time"
)

type remote struct{ broken bool }

func (r *remote) get(key string) (string, error) {
	if r.broken {
		return "", errors.New("refused")
	}
	return key, nil
}

func helper(t *testing.T, r *remote, values chan<- string) {
	value, err := r.get("a")
	if err != nil {
		t.Error(err)
		return
	}
	values <- value
}

func TestReadsWhatWasWritten(t *testing.T) {
	for _, r := range []*remote{{}, {broken: true}, {broken: true}} {
		values := make(chan string)
		var group sync.WaitGroup
		group.Add(1)
		go func() {
			defer group.Done()
			<-values // leaks
		}()
		go helper(t, r, values)
		waited := make(chan struct{})
		go func() {
			group.Wait() // leaks
			close(waited)
		}()
		select {
		case <-waited:
		case <-time.After(15 * time.Millisecond):
		}
	}
	record()
}
