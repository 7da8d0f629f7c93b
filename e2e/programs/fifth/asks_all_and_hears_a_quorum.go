package main

import (
	"fmt"
	"time"
)

type vote struct {
	from    string
	granted bool
}

type member struct {
	name string
	lag  time.Duration
}

func (m member) ask(term int) vote {
	time.Sleep(m.lag)
	return vote{m.name, term > 0}
}

func elect(members []member, term int) bool {
	votes := make(chan vote)
	for _, m := range members {
		go func(m member) {
			votes <- m.ask(term) // leaks
		}(m)
	}
	granted := 0
	for v := range votes {
		if v.granted {
			granted++
		}
		if granted > len(members)/2 {
			return true
		}
	}
	return false
}

func main() {
	var members []member
	for i := 0; i < 7; i++ {
		members = append(members, member{fmt.Sprint("m", i), time.Duration(i) * time.Millisecond})
	}
	for term := 1; term < 4; term++ {
		elect(members, term)
	}
	record()
}
