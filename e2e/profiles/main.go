// Command profiles writes pairs of profiles, taken before and after it did something, to compare readers of profiles by.
//
//	profiles FOLDER    writes FOLDER/SCENARIO.KIND.base and .target
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sort"
	"strings"
	"sync"
	"time"
)

var held [][]byte

var tables = map[string]map[int]*node{}

type node struct {
	left, right *node
	name        string
}

// grow calls itself: a function that occurs several times in a stack counts once.
func grow(depth int) {
	if depth == 0 {
		held = append(held, make([]byte, 3000))
		return
	}
	if depth%2 == 0 {
		other(depth - 1)
	} else {
		grow(depth - 1)
	}
}

//go:noinline
func other(depth int) { grow(depth) }

// small is inlined into wrap, and that into its callers.
func small(n int) []byte { return make([]byte, n) }

func wrap(n int) []byte { return small(n + 1) }

type stack[T any] struct{ items []T }

func (s *stack[T]) push(item T) { s.items = append(s.items, item) }

var (
	ints    stack[int]
	strs    stack[string]
	nodes   stack[*node]
	closers []func() int
)

func tree(depth int) *node {
	if depth == 0 {
		return nil
	}
	return &node{left: tree(depth - 1), right: tree(depth - 1), name: strings.Repeat("x", depth)}
}

type store interface{ put(key int) }

type byMap struct{ name string }

func (b byMap) put(key int) {
	if tables[b.name] == nil {
		tables[b.name] = map[int]*node{}
	}
	tables[b.name][key] = &node{name: fmt.Sprint("key ", key)}
}

var queue = make(chan int)

func stuck(n int) {
	for i := 0; i < n; i++ {
		go func() { queue <- i }()
	}
}

func wait(n int) {
	for i := 0; i < n; i++ {
		go func() { <-make(chan int) }()
	}
}

func contend() {
	var lock sync.Mutex
	var done sync.WaitGroup
	for i := 0; i < 8; i++ {
		done.Add(1)
		go func() {
			defer done.Done()
			for j := 0; j < 20; j++ {
				lock.Lock()
				time.Sleep(100 * time.Microsecond)
				lock.Unlock()
			}
		}()
	}
	done.Wait()
}

func spin(atLeast time.Duration) int {
	until, sum := time.Now().Add(atLeast), 0
	for time.Now().Before(until) {
		numbers := make([]int, 2000)
		for i := range numbers {
			numbers[i] = (i * 7919) % 2000
		}
		sort.Ints(numbers)
		sum += numbers[3]
	}
	return sum
}

// scenarios in the order in which they run: what the first ones hold, the later ones have in their base.
var scenarios = []struct {
	name string
	does func()
}{
	{"recursion", func() {
		for i := 0; i < 3000; i++ {
			grow(i % 17)
		}
	}},
	{"inlining", func() {
		for i := 0; i < 2000; i++ {
			held = append(held, wrap(i), small(2*i))
		}
	}},
	{"generics", func() {
		for i := 0; i < 200000; i++ {
			ints.push(i)
			if i%10 == 0 {
				strs.push(fmt.Sprint(i))
				nodes.push(&node{})
			}
		}
	}},
	{"closures", func() {
		for i := 0; i < 5000; i++ {
			big := make([]int, i%300)
			closers = append(closers, func() int { return len(big) + i })
		}
	}},
	{"tree", func() {
		for i := 0; i < 10; i++ {
			nodes.push(tree(12))
		}
	}},
	{"interface", func() {
		var s store = byMap{"a"}
		for i := 0; i < 30000; i++ {
			s.put(i)
		}
	}},
	{"goroutines", func() { stuck(300); wait(200) }},
	{"contention", func() { contend() }},
	{"labels", func() {
		for _, tenant := range []string{"a", "b", "ünï \"c\""} {
			pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("tenant", tenant)))
			held = append(held, make([]byte, 100000))
			stuck(10)
			spin(100 * time.Millisecond)
		}
	}},
	{"shrinking", func() { held, tables, nodes.items = nil, nil, nil }},
}

func write(kind, file string, debug int) {
	out, err := os.Create(file)
	if err != nil {
		panic(err)
	}
	defer out.Close()
	if err := pprof.Lookup(kind).WriteTo(out, debug); err != nil {
		panic(err)
	}
}

func snapshot(folder, scenario, when string) {
	runtime.GC()
	runtime.GC()
	for _, kind := range []string{"heap", "allocs", "goroutine", "block", "mutex", "threadcreate"} {
		write(kind, filepath.Join(folder, scenario+"."+kind+"."+when), 0)
	}
	write("heap", filepath.Join(folder, scenario+".text."+when), 1)
}

func cpu(folder, scenario, when string, does func()) {
	out, err := os.Create(filepath.Join(folder, scenario+".cpu."+when))
	if err != nil {
		panic(err)
	}
	defer out.Close()
	if err := pprof.StartCPUProfile(out); err != nil {
		panic(err)
	}
	defer pprof.StopCPUProfile()
	does()
	spin(300 * time.Millisecond)
}

func main() {
	runtime.MemProfileRate = 4096
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	folder := os.Args[1]
	for _, s := range scenarios {
		snapshot(folder, s.name, "base")
		cpu(folder, s.name, "base", func() {})
		cpu(folder, s.name, "target", s.does)
		time.Sleep(50 * time.Millisecond)
		snapshot(folder, s.name, "target")
	}
}
