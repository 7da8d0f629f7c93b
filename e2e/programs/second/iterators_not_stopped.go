package main

type iterator[T any] struct {
	next chan T
	stop chan struct{}
}

func iterate[T any](items []T) *iterator[T] {
	it := &iterator[T]{make(chan T), make(chan struct{})}
	go func() {
		defer close(it.next)
		for _, item := range items {
			select { // leaks
			case it.next <- item:
			case <-it.stop:
				return
			}
		}
	}()
	return it
}

func contains[T comparable](items []T, wanted T) bool {
	it := iterate(items)
	for item := range it.next {
		if item == wanted {
			return true
		}
	}
	close(it.stop)
	return false
}

func main() {
	for i := 0; i < 100; i++ {
		contains([]string{"a", "b", "c"}, "b")
	}
	record()
}
