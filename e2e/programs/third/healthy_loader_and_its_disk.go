package main

import (
	"os"
	"sync"
)

type block struct{ data []byte }

type disk struct {
	mu   sync.Mutex
	file *os.File
}

func (d *disk) store(blocks <-chan block, done *sync.WaitGroup) {
	defer done.Done()
	for b := range blocks {
		d.mu.Lock()
		d.file.Write(b.data)
		d.mu.Unlock()
	}
}

func main() {
	reader, writer, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	defer reader.Close()
	d := &disk{file: writer}
	blocks := make(chan block)
	var done sync.WaitGroup
	for i := 0; i < 3; i++ {
		done.Add(1)
		go d.store(blocks, &done)
	}
	recordSoon()
	for i := 0; i < 1000; i++ {
		blocks <- block{make([]byte, 1<<16)}
	}
	close(blocks)
	done.Wait()
}
