package main

import "fmt"

type event struct{ kind string }

type broker struct{ topics map[string]chan event }

func (b *broker) forward(topic string, seen *[]event) {
	for e := range b.topics[topic] { // leaks
		*seen = append(*seen, e)
	}
}

func (b *broker) emit(topic string, e event) {
	b.topics[topic] <- e // leaks
}

func main() {
	b := &broker{topics: map[string]chan event{"containers": make(chan event, 1)}}
	var seen []event
	for i := 0; i < 3; i++ {
		go b.forward(fmt.Sprint("container", i), &seen)
	}
	go b.emit("container", event{"die"})
	go b.emit("containers", event{"start"})
	record()
}
