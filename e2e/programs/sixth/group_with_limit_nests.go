package main

import (
	"net/http"
	"sync"
	"time"
)

// group runs functions, so many at once, and keeps the first error.
type group struct {
	wg    sync.WaitGroup
	slots chan struct{}
	once  sync.Once
	err   error
}

func (g *group) Go(f func() error) {
	g.slots <- struct{}{} // leaks
	g.wg.Add(1)
	go func() {
		defer func() {
			<-g.slots
			g.wg.Done()
		}()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *group) Wait() error {
	g.wg.Wait() // leaks
	return g.err
}

type node struct {
	path     string
	children []*node
}

func tree(depth, width int) *node {
	n := &node{}
	for i := 0; depth > 0 && i < width; i++ {
		n.children = append(n.children, tree(depth-1, width))
	}
	return n
}

func (n *node) walk(g *group, visit func(*node)) error {
	time.Sleep(time.Millisecond)
	visit(n)
	for _, c := range n.children {
		c := c
		g.Go(func() error { return c.walk(g, visit) })
	}
	return nil
}

func copied(w http.ResponseWriter, r *http.Request) {
	depth := 1
	if r.URL.Path == "/deep" {
		depth = 3
	}
	g := &group{slots: make(chan struct{}, 4)}
	var mu sync.Mutex
	nodes := 0
	root := tree(depth, 3)
	g.Go(func() error {
		return root.walk(g, func(*node) {
			mu.Lock()
			defer mu.Unlock()
			nodes++
		})
	})
	g.Wait()
	w.WriteHeader(http.StatusCreated)
}

func main() {
	address := listen(http.HandlerFunc(copied))
	request(address+"/flat", 3)
	request(address+"/deep", 2)
	request(address+"/flat", 3)
	time.Sleep(50 * time.Millisecond)
	record()
}
