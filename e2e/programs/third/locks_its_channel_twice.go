package main

type chanLock chan struct{}

func (c chanLock) Lock() {
	c <- struct{}{} // leaks
}

func (c chanLock) Unlock() { <-c }

type document struct {
	lock chanLock
	text string
}

func (d *document) edit(text string) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if d.length() < 100 {
		d.text += text
	}
}

func (d *document) length() int {
	d.lock.Lock()
	defer d.lock.Unlock()
	return len(d.text)
}

func main() {
	d := &document{lock: make(chanLock, 1)}
	go d.edit("a")
	go d.edit("b")
	record()
}
