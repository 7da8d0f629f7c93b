package main

import (
	"sync"
	"time"
)

type fork struct{ sync.Mutex }

type philosopher struct{ left, right *fork }

func (p philosopher) dine() {
	for {
		p.left.Lock()
		time.Sleep(time.Millisecond)
		p.right.Lock() // leaks
		p.right.Unlock()
		p.left.Unlock()
	}
}

func main() {
	forks := make([]*fork, 5)
	for i := range forks {
		forks[i] = &fork{}
	}
	for i := range forks {
		go philosopher{forks[i], forks[(i+1)%5]}.dine()
	}
	record()
}
