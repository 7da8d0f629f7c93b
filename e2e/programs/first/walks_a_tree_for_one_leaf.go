package main

type tree struct {
	left, right *tree
	value       int
}

func grow(depth int) *tree {
	if depth == 0 {
		return nil
	}
	return &tree{grow(depth - 1), grow(depth - 1), depth}
}

func (t *tree) walk(each chan<- int) {
	if t == nil {
		return
	}
	t.left.walk(each)
	each <- t.value // leaks
	t.right.walk(each)
}

func (t *tree) values() <-chan int {
	each := make(chan int)
	go func() {
		t.walk(each)
		close(each)
	}()
	return each
}

func has(t *tree, value int) bool {
	for v := range t.values() {
		if v == value {
			return true
		}
	}
	return false
}

func main() {
	t := grow(5)
	for i := 0; i < 25; i++ {
		has(t, 1+i%4)
	}
	record()
}
