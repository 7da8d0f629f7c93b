package main

import (
	"sync"
	"time"
)

type cyclic struct {
	mu    sync.Mutex
	turn  *sync.Cond
	count int
}

func (c *cyclic) await(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count++; c.count == n {
		c.turn.Broadcast()
		return
	}
	for c.count < n {
		c.turn.Wait()
	}
}

func main() {
	c := &cyclic{}
	c.turn = sync.NewCond(&c.mu)
	for i := 0; i < 5; i++ {
		go func(i int) {
			if i == 4 {
				time.Sleep(9 * time.Second)
			}
			c.await(5)
		}(i)
	}
	record()
}
