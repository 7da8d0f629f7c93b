package main

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"
)

// phase is over once all that take part have said so; then what waits for it goes on.
type phase struct {
	mu   sync.Mutex
	left int
	over chan struct{}
}

func newPhase(parties int) *phase { return &phase{left: parties, over: make(chan struct{})} }

func (p *phase) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left--; p.left == 0 {
		close(p.over)
	}
}

func (p *phase) wait() { <-p.over }

type table struct {
	name string
	rows int
}

func (t table) copy() (sum [32]byte) {
	for i := 0; i < t.rows; i++ {
		sum = sha256.Sum256(sum[:])
	}
	return sum
}

type migration struct {
	copied, checked *phase
	old             chan string
}

func (m *migration) migrate(t table) {
	t.copy()
	m.copied.done()
	m.copied.wait()
	t.copy()
	m.checked.done()
}

func (m *migration) verify(n int) {
	m.copied.wait()
	time.Sleep(time.Millisecond)
}

func (m *migration) dropOld() {
	m.checked.wait()
	for name := range m.old {
		fmt.Println("drop", name)
	}
}

func main() {
	tables := []table{{"tags", 10}, {"users", 20000}, {"posts", 40000}, {"likes", 10}, {"stars", 100}}
	for i := 0; i < 6; i++ {
		tables = append(tables, table{fmt.Sprint("part-", i), 1000})
	}
	tables = append(tables, table{"events", 4_000_000_000})
	m := &migration{newPhase(len(tables)), newPhase(len(tables)), make(chan string, len(tables))}
	go m.dropOld()
	go m.dropOld()
	for i := 0; i < 4; i++ {
		go m.verify(i)
	}
	for _, t := range tables {
		go m.migrate(t)
		m.old <- t.name
	}
	close(m.old)
	time.Sleep(700 * time.Millisecond)
	record()
}
