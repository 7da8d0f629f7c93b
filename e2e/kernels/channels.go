package main

import (
	"errors"
	"time"
)

func init() {
	kernels["reply-after-timeout"] = kernel{run: replyAfterTimeout}
	kernels["reply-never-sent"] = kernel{run: replyNeverSent}
	kernels["range-without-close"] = kernel{run: rangeWithoutClose, held: true}
	kernels["first-error-returns"] = kernel{run: firstErrorReturns, held: true}
	kernels["nil-send"] = kernel{run: nilSend}
	kernels["nil-receive"] = kernel{run: nilReceive, held: true}
	kernels["queue-full"] = kernel{run: queueFull}
	kernels["pipeline-abandoned"] = kernel{run: pipelineAbandoned}
	kernels["both-send"] = kernel{run: bothSend, held: true}
	kernels["both-receive"] = kernel{run: bothReceive}
	kernels["semaphore-exhausted"] = kernel{run: semaphoreExhausted, held: true}
	kernels["parked"] = kernel{run: parked}
	kernels["loop-without-exit"] = kernel{run: loopWithoutExit, held: true}
	kernels["stop-and-wait"] = kernel{run: stopAndWait}
	kernels["subscriber-forgotten"] = kernel{run: subscriberForgotten, held: true}
	kernels["second-result"] = kernel{run: secondResult}
	kernels["pool-forgotten"] = kernel{run: poolForgotten, many: true}
}

// The caller gives up, and nobody takes the reply.
func replyAfterTimeout() {
	reply := make(chan int)
	go func() {
		time.Sleep(20 * time.Millisecond)
		reply <- 1 // leaks
	}()
	select {
	case <-reply:
	case <-time.After(time.Millisecond):
	}
}

var errBroken = errors.New("broken")

// The one who should answer returns early on an error.
func replyNeverSent() {
	reply := make(chan string)
	go func() {
		if err := breaks(); err != nil {
			return
		}
		reply <- "done"
	}()
	go func() {
		<-reply // leaks
	}()
}

func breaks() error { return errBroken }

type batch struct {
	items chan int
}

// The producer ends and does not close.
func rangeWithoutClose() {
	b := &batch{items: make(chan int)}
	go b.drain()
	for i := 0; i < 3; i++ {
		b.items <- i
	}
}

func (b *batch) drain() {
	sum := 0
	for item := range b.items { // leaks
		sum += item
	}
}

// Of several checks the first error is returned, and the others have nobody to tell.
func firstErrorReturns() {
	errs := make(chan error)
	for i := 0; i < 4; i++ {
		go check(errs)
	}
	<-errs
}

func check(errs chan<- error) {
	time.Sleep(time.Millisecond)
	errs <- breaks() // leaks
}

type mailer struct {
	outbox chan string
	inbox  chan string
}

func nilSend() {
	m := &mailer{}
	go m.post("hello")
}

func (m *mailer) post(text string) {
	m.outbox <- text // leaks
}

func nilReceive() {
	m := &mailer{outbox: make(chan string, 1)}
	go m.read()
}

func (m *mailer) read() string {
	return <-m.inbox // leaks
}

// A queue whose consumer has died.
func queueFull() {
	queue := make(chan int, 2)
	go func() {
		<-queue
	}()
	for i := 0; i < 5; i++ {
		go enqueue(queue, i)
	}
}

func enqueue(queue chan int, item int) {
	time.Sleep(time.Duration(item) * time.Millisecond)
	select {
	case queue <- item:
		return
	default:
	}
	queue <- item // leaks
}

// Stages of a pipeline whose reader takes one and leaves.
func pipelineAbandoned() {
	<-squares(numbers())
}

func numbers() <-chan int {
	out := make(chan int)
	go func() {
		for i := 0; ; i++ {
			out <- i // leaks
		}
	}()
	return out
}

func squares(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		for i := range in {
			out <- i * i // leaks
		}
	}()
	return out
}

// Two that greet each other, each wanting to speak first.
func bothSend() {
	left, right := make(chan int), make(chan int)
	go func() {
		left <- 1 // leaks
		<-right
	}()
	go func() {
		right <- 1 // leaks
		<-left
	}()
}

func bothReceive() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		<-ping // leaks
		pong <- 1
	}()
	go func() {
		<-pong // leaks
		ping <- 1
	}()
}

// Slots are taken and never given back.
func semaphoreExhausted() {
	slots := make(chan struct{}, 2)
	for i := 0; i < 4; i++ {
		go func() {
			slots <- struct{}{} // leaks
			if breaks() != nil {
				return
			}
			<-slots
		}()
	}
}

func parked() {
	go func() {
		select {} // leaks
	}()
}

type loop struct {
	work chan int
	more chan int
}

// A loop that nobody can end and nobody feeds.
func loopWithoutExit() {
	l := &loop{work: make(chan int), more: make(chan int)}
	go l.turn()
}

func (l *loop) turn() {
	for {
		select { // leaks
		case <-l.work:
		case <-l.more:
		}
	}
}

// Stop asks the worker to end, which waits for Stop's caller to take its last result.
func stopAndWait() {
	stop, results := make(chan bool), make(chan int)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			results <- i // leaks
		}
	}()
	go func() {
		time.Sleep(time.Millisecond)
		stop <- true // leaks
	}()
}

type topic struct {
	subscribers []chan int
}

// The topic is dropped, its subscriber is not told.
func subscriberForgotten() {
	t := &topic{}
	t.subscribe()
	t.subscribers[0] <- 1
	t.subscribers = nil
}

func (t *topic) subscribe() {
	channel := make(chan int)
	t.subscribers = append(t.subscribers, channel)
	go func() {
		for range channel { // leaks
		}
	}()
}

// Asks two and takes the faster answer.
func secondResult() {
	answers := make(chan int)
	for i := 0; i < 2; i++ {
		go func(delay int) {
			answers <- ask(delay) // leaks
		}(i)
	}
	<-answers
}

func ask(delay int) int {
	time.Sleep(time.Duration(delay) * time.Millisecond)
	return delay
}

type pool struct {
	jobs chan func()
}

// Each call makes a pool of its own and forgets it.
func poolForgotten() {
	p := &pool{jobs: make(chan func())}
	for i := 0; i < 3; i++ {
		go p.work()
	}
	p.jobs <- func() {}
}

func (p *pool) work() {
	for job := range p.jobs { // leaks
		job()
	}
}
