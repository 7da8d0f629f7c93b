package shop

import (
	"testing"
	"time"
)

func TestPrices(t *testing.T) {
	for _, name := range []string{"tea", "milk", "bread"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			time.Sleep(500 * time.Millisecond)
		})
	}
	go record()
}

func TestOrders(t *testing.T) {
	t.Parallel()
	done := make(chan int)
	go func() {
		time.Sleep(600 * time.Millisecond)
		close(done)
	}()
	<-done
}
