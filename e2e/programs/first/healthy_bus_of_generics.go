package main

type handler[E any] func(E)

type bus[E any] struct {
	events   chan E
	handlers []handler[E]
}

func newBus[E any](handlers ...handler[E]) *bus[E] {
	b := &bus[E]{make(chan E, 16), handlers}
	go b.loop()
	return b
}

func (b *bus[E]) loop() {
	for e := range b.events {
		for _, h := range b.handlers {
			h(e)
		}
	}
}

func (b *bus[E]) emit(e E) { b.events <- e }

type opened struct{ name string }

type closed struct{ code int }

var (
	openings = newBus(func(o opened) { _ = o.name })
	closings = newBus(func(c closed) { _ = c.code })
)

func main() {
	profiled()
	openings.emit(opened{"a"})
	closings.emit(closed{1})
	select {}
}
