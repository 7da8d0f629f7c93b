package main

import "sync"

type importer struct {
	pending sync.WaitGroup
	done    chan struct{}
}

func (i *importer) run(files []string) {
	i.pending.Add(len(files))
	for _, file := range files {
		if file == "" {
			continue
		}
		go func() {
			defer i.pending.Done()
		}()
	}
	i.pending.Wait() // leaks
	close(i.done)
}

func main() {
	i := &importer{done: make(chan struct{})}
	go i.run([]string{"a", "", "b"})
	go func() {
		<-i.done // leaks
	}()
	record()
}
