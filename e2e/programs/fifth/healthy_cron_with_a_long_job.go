package main

import (
	"os/exec"
	"sync"
	"time"
)

type job struct {
	name  string
	every time.Duration
	run   func() error
}

// cron runs each job by a timer; one that still runs is skipped.
type cron struct {
	mu      sync.Mutex
	running map[string]bool
	added   chan job
	stop    chan struct{}
}

func (c *cron) loop(jobs []job) {
	next := make([]time.Time, len(jobs))
	for i, j := range jobs {
		next[i] = time.Now().Add(j.every)
	}
	for {
		soonest := time.Now().Add(time.Hour)
		for _, at := range next {
			if at.Before(soonest) {
				soonest = at
			}
		}
		timer := time.NewTimer(time.Until(soonest))
		select {
		case now := <-timer.C:
			for i, j := range jobs {
				if !next[i].After(now) {
					next[i] = now.Add(j.every)
					c.launch(j)
				}
			}
		case j := <-c.added:
			timer.Stop()
			jobs, next = append(jobs, j), append(next, time.Now().Add(j.every))
		case <-c.stop:
			timer.Stop()
			return
		}
	}
}

func (c *cron) launch(j job) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running[j.name] {
		return
	}
	c.running[j.name] = true
	go func() {
		j.run()
		c.mu.Lock()
		delete(c.running, j.name)
		c.mu.Unlock()
	}()
}

func main() {
	c := &cron{running: map[string]bool{}, added: make(chan job), stop: make(chan struct{})}
	go c.loop([]job{
		{"heartbeat", 10 * time.Millisecond, func() error { return nil }},
		{"vacuum", 20 * time.Millisecond, func() error { return exec.Command("sleep", "2").Run() }},
		{"report", 25 * time.Millisecond, func() error {
			time.Sleep(3 * time.Second)
			return nil
		}},
		{"yearly", 8000 * time.Hour, func() error { return nil }},
	})
	record()
}
