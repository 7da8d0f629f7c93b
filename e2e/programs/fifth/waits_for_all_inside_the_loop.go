package main

import (
	"sync"
	"time"
)

type plugin struct{ name string }

type manager struct {
	mu      sync.Mutex
	enabled map[string]bool
}

func (m *manager) enable(p plugin, group *sync.WaitGroup) {
	defer group.Done()
	time.Sleep(time.Millisecond)
	m.mu.Lock()
	m.enabled[p.name] = true
	m.mu.Unlock()
}

func (m *manager) restore(plugins []plugin) {
	var group sync.WaitGroup
	group.Add(len(plugins))
	for _, p := range plugins {
		go m.enable(p, &group)
		group.Wait() // leaks
	}
}

func main() {
	recordSoon()
	m := &manager{enabled: map[string]bool{}}
	m.restore([]plugin{{"overlay"}, {"logs"}, {"volumes"}})
}
