package main

import "time"

type message struct {
	text  string
	reply chan string
}

type actor struct {
	name  string
	inbox chan message
	peer  *actor
}

func (a *actor) loop() {
	for m := range a.inbox {
		if m.text == "ask" {
			time.Sleep(2 * time.Millisecond)
			m.reply <- a.peer.ask("who")
			continue
		}
		m.reply <- a.name
	}
}

func (a *actor) ask(text string) string {
	m := message{text, make(chan string)}
	a.inbox <- m     // leaks
	return <-m.reply // leaks
}

func main() {
	one, two := &actor{name: "one", inbox: make(chan message)}, &actor{name: "two", inbox: make(chan message)}
	one.peer, two.peer = two, one
	go one.loop()
	go two.loop()
	go one.ask("ask")
	go two.ask("ask")
	time.Sleep(5 * time.Millisecond)
	record()
}
