package main

import (
	"path/filepath"
	"sync"
)

type finding struct {
	file string
	rank int
}

type scanner struct {
	findings chan finding
	group    sync.WaitGroup
}

func (s *scanner) scan(dir string) {
	defer s.group.Done()
	for i := 0; i < 5; i++ {
		s.findings <- finding{filepath.Join(dir, "x"), i}
	}
}

func (s *scanner) collect(worst map[string]int, mu *sync.Mutex) {
	for f := range s.findings { // leaks
		mu.Lock()
		if f.rank > worst[f.file] {
			worst[f.file] = f.rank
		}
		mu.Unlock()
	}
}

func main() {
	worst := map[string]int{}
	var mu sync.Mutex
	s := &scanner{findings: make(chan finding)}
	for i := 0; i < 3; i++ {
		go s.collect(worst, &mu)
	}
	for _, dir := range []string{"a", "b", "c", "d"} {
		s.group.Add(1)
		go s.scan(dir)
	}
	s.group.Wait()
	record()
}
