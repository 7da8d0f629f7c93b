package shop

import (
	"errors"
	"testing"
)

func pump(ends chan<- error, err error) {
	ends <- err // leaks
}

func bridge() error {
	ends := make(chan error)
	go pump(ends, errors.New("left side closed"))
	go pump(ends, errors.New("right side closed"))
	return <-ends
}

func TestBridge(t *testing.T) {
	for i := 0; i < 4; i++ {
		t.Run("once", func(t *testing.T) {
			if bridge() == nil {
				t.Fatal("should have failed")
			}
		})
	}
	record()
}
