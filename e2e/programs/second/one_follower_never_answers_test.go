package shop

import "testing"

type follower struct {
	entries chan string
	alive   bool
}

func (f *follower) run(acks chan<- int) {
	for range f.entries { // leaks
		if !f.alive {
			return
		}
		acks <- 1
	}
}

type leader struct {
	followers []*follower
	acks      chan int
}

func (l *leader) replicate(entry string) {
	for _, f := range l.followers {
		f.entries <- entry
	}
	for range l.followers {
		<-l.acks // leaks
	}
}

func TestReplicate(t *testing.T) {
	l := &leader{acks: make(chan int)}
	for i := 0; i < 3; i++ {
		f := &follower{make(chan string), i != 1}
		l.followers = append(l.followers, f)
		go f.run(l.acks)
	}
	go l.replicate("x=1")
	record()
}
