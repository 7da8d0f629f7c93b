package main

import (
	"context"
	"time"
)

// scope is what a web framework hands to its handlers.
type scope struct {
	values map[string]interface{}
	ended  chan struct{}
}

func (s *scope) Deadline() (time.Time, bool)       { return time.Time{}, false }
func (s *scope) Done() <-chan struct{}             { return s.ended }
func (s *scope) Err() error                        { return nil }
func (s *scope) Value(key interface{}) interface{} { return nil }

func lookup(ctx context.Context, user int) string {
	ctx, cancel := context.WithCancel(ctx) // leaks in context.
	if user%5 == 4 {
		cancel()
		return "guest"
	}
	return "user"
}

func main() {
	root := &scope{ended: make(chan struct{})}
	for user := 0; user < 15; user++ {
		lookup(root, user)
	}
	record()
}
