package shop

import (
	"testing"
	"time"
)

type span struct{ from, to string }

type compactor struct{ suggestions chan span }

func (c *compactor) suggest(s span) {
	c.suggestions <- s // leaks
}

func (c *compactor) start(stop chan struct{}) {
	c.suggest(span{"", "m"})
	c.suggest(span{"m", ""})
	go func() {
		for {
			select {
			case <-c.suggestions:
			case <-stop:
				return
			}
		}
	}()
}

func TestCompacts(t *testing.T) {
	for _, name := range []string{"empty", "full", "half"} {
		t.Run(name, func(t *testing.T) {
			stop := make(chan struct{})
			defer close(stop)
			started := make(chan struct{})
			go func() {
				c := &compactor{suggestions: make(chan span, 1)}
				c.start(stop)
				close(started)
			}()
			select {
			case <-started:
			case <-time.After(20 * time.Millisecond):
				t.Error("does not start")
			}
		})
	}
	record()
}
