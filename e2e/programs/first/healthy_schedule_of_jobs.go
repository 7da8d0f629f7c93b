package main

import (
	"sort"
	"time"
)

type entry struct {
	at  time.Time
	job func()
}

type schedule struct {
	add     chan entry
	entries []entry
}

func (s *schedule) loop() {
	timer := time.NewTimer(time.Hour)
	for {
		if len(s.entries) > 0 {
			timer.Reset(time.Until(s.entries[0].at))
		}
		select {
		case e := <-s.add:
			s.entries = append(s.entries, e)
			sort.Slice(s.entries, func(i, j int) bool { return s.entries[i].at.Before(s.entries[j].at) })
		case <-timer.C:
			go s.entries[0].job()
			s.entries = s.entries[1:]
		}
	}
}

func main() {
	s := &schedule{add: make(chan entry)}
	go s.loop()
	for i := 1; i < 4; i++ {
		s.add <- entry{time.Now().Add(time.Duration(i) * time.Hour), func() {}}
	}
	record()
}
