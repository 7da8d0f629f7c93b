package main

import (
	"context"
	"fmt"
	"time"
)

// Exchanges over channels in which one side has gone, never was, or asks for too much.

func init() {
	add := func(name string, held bool, run func()) { kernels[name] = kernel{run: run, held: held} }
	add("deadline-before-answer", held, deadlineBeforeAnswer)
	add("stages-of-any-type", held, stagesOfAnyType)
	add("merge-takes-three", tuned, mergeTakesThree)
	add("walk-stopped-by-error", held, walkStoppedByError)
	add("lookup-finds-no-channel", held, lookupFindsNoChannel)
	add("case-switched-off", held, caseSwitchedOff)
	add("error-and-then-result", held, errorAndThenResult)
	add("workers-of-an-open-list", held, workersOfAnOpenList)
	add("started-never-stopped", tuned, startedNeverStopped)
	add("connections-not-returned", held, connectionsNotReturned)
	add("server-died-of-a-request", held, serverDiedOfARequest)
	add("wakeup-dropped", tuned, wakeupDropped)
	add("after-you", held, afterYou)
	add("ticker-stopped-not-closed", tuned, tickerStoppedNotClosed)
	add("timer-drained-twice", held, timerDrainedTwice)
	add("cancel-thrown-away", tuned, cancelThrownAway)
	add("background-is-never-done", held, backgroundIsNeverDone)
	add("tokens-for-too-many", tuned, tokensForTooMany)
	add("method-value-unfed", held, methodValueUnfed)
	add("flush-after-end", held, flushAfterEnd)
	add("tree-out-of-slots", tuned, treeOutOfSlots)
	add("reducer-gave-up", tuned, reducerGaveUp)
	add("elected-nobody", tuned, electedNobody)
	add("filler-ended", tuned, fillerEnded)
	add("group-within-a-group", tuned, groupWithinAGroup)
	add("reconnects-into-a-full-queue", held, reconnectsIntoAFullQueue)
	kernels["written-in-init"] = kernel{held: tuned, run: func() {
		answers := make(chan int)
		go func() {
			answers <- 1 // leaks
		}()
	}}
	kernels["kept-in-a-variable"] = kernel{held: tuned, run: func() { lateReader() }}
}

// A context ends before the answer comes, and the answer finds nobody.
func deadlineBeforeAnswer() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	type answer struct {
		rows int
		err  error
	}
	answers := make(chan answer)
	go func() {
		rows, err := slowly(ctx)
		answers <- answer{rows, err} // leaks
	}()
	select {
	case <-answers:
	case <-ctx.Done():
	}
}

func slowly(context.Context) (int, error) {
	time.Sleep(10 * time.Millisecond)
	return 1, nil
}

func source[T any](items ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, item := range items {
			out <- item // leaks
		}
	}()
	return out
}

func mapped[T, U any](in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for item := range in {
			out <- f(item) // leaks
		}
	}()
	return out
}

// The first that fits ends the search, and all stages before it stand.
func stagesOfAnyType() {
	words := mapped(source(1, 2, 3, 4), func(n int) string { return fmt.Sprint(n) })
	for word := range words {
		if word == "2" {
			break
		}
	}
}

type feedReader struct{ items int }

func (f feedReader) read(into chan<- int) {
	for i := 0; i < f.items; i++ {
		into <- i // leaks
	}
}

// Takes the three newest of all feeds.
func mergeTakesThree() {
	merged := make(chan int)
	for i := 0; i < 3; i++ {
		go feedReader{4}.read(merged)
	}
	for i := 0; i < 3; i++ {
		<-merged
	}
}

type walker struct {
	paths chan string
	errs  chan error
	done  chan struct{}
}

func (w *walker) walk() {
	defer close(w.paths)
	for i := 0; i < 10; i++ {
		select { // leaks
		case w.paths <- fmt.Sprint("file", i):
		case <-w.done:
			return
		}
	}
}

// The error path does not close done.
func walkStoppedByError() {
	w := &walker{paths: make(chan string), errs: make(chan error, 1), done: make(chan struct{})}
	go w.walk()
	_ = w.digest()
}

func (w *walker) digest() error {
	for path := range w.paths {
		if path == "file2" {
			return errBroken
		}
	}
	close(w.done)
	return nil
}

type rooms struct{ byName map[string]chan string }

func lookupFindsNoChannel() {
	r := &rooms{byName: map[string]chan string{"hall": make(chan string, 1)}}
	go r.say("kitchen", "hello")
}

func (r *rooms) say(room, text string) {
	r.byName[room] <- text // leaks
}

// Ended inputs are set to nil, and what follows the loop reads from one of them.
func caseSwitchedOff() {
	a, b := make(chan int), make(chan int)
	go func() {
		for open := 2; open > 0; open-- {
			select {
			case <-a:
				a = nil
			case <-b:
				b = nil
			}
		}
		<-a // leaks
	}()
	close(a)
	close(b)
}

func fetchTwice(results chan<- error) {
	if err := breaks(); err != nil {
		results <- err // a return is missing
	}
	results <- nil // leaks
}

func errorAndThenResult() {
	results := make(chan error)
	go fetchTwice(results)
	<-results
}

// The list of work is not closed, so workers, who waits for them and who collects all stand.
func workersOfAnOpenList() {
	work, results, finished := make(chan int), make(chan int), make(chan bool, 2)
	for i := 0; i < 2; i++ {
		go func() {
			for n := range work { // leaks
				results <- n
			}
			finished <- true
		}()
	}
	go func() {
		<-finished // leaks
		<-finished
		close(results)
	}()
	go func() {
		sum := 0
		for n := range results { // leaks
			sum += n
		}
	}()
	work <- 1
}

type poller struct {
	wake chan struct{}
	quit chan struct{}
}

func newPoller() *poller { return &poller{make(chan struct{}), make(chan struct{})} }

func (p *poller) Start() { go p.loop() }
func (p *poller) Stop()  { close(p.quit) }

func (p *poller) loop() {
	for {
		select { // leaks
		case <-p.wake:
		case <-p.quit:
			return
		}
	}
}

// Whoever starts it has to stop it.
func startedNeverStopped() {
	p := newPoller()
	p.Start()
	p.wake <- struct{}{}
}

type connections struct{ free chan int }

func (c *connections) get() int { return <-c.free } // leaks

func (c *connections) put(n int) { c.free <- n }

// Connections that broke are not put back.
func connectionsNotReturned() {
	c := &connections{free: make(chan int, 2)}
	c.put(1)
	c.put(2)
	for i := 0; i < 4; i++ {
		go func() {
			n := c.get()
			if breaks() != nil {
				return
			}
			c.put(n)
		}()
	}
}

type inquiry struct {
	key   string
	reply chan string
}

type oracle struct{ asks chan inquiry }

func (o *oracle) serve() {
	for a := range o.asks {
		if a.key == "" {
			return // one bad request ends the loop
		}
		a.reply <- a.key
	}
}

func (o *oracle) askFor(key string) string {
	a := inquiry{key, make(chan string)}
	o.asks <- a      // leaks
	return <-a.reply // leaks
}

func serverDiedOfARequest() {
	o := &oracle{asks: make(chan inquiry)}
	go o.serve()
	go o.askFor("a")
	time.Sleep(2 * time.Millisecond)
	go o.askFor("")
	time.Sleep(2 * time.Millisecond)
	go o.askFor("b")
}

// The wake-up comes while nobody listens yet, and is dropped.
func wakeupDropped() {
	wake := make(chan struct{})
	select {
	case wake <- struct{}{}:
	default:
	}
	go sleepUntil(wake)
}

func sleepUntil(wake <-chan struct{}) {
	<-wake // leaks
}

type dancer struct{ mine, other chan bool }

func (d *dancer) bow() {
	<-d.other // leaks
	d.mine <- true
}

func afterYou() {
	a, b := make(chan bool), make(chan bool)
	go (&dancer{a, b}).bow()
	go (&dancer{b, a}).bow()
}

type meter struct{ ticker *time.Ticker }

func (m *meter) run() {
	for range m.ticker.C { // leaks
		_ = breaks()
	}
}

// Stop does not close the channel.
func tickerStoppedNotClosed() {
	m := &meter{time.NewTicker(time.Hour)}
	go m.run()
	time.Sleep(time.Millisecond)
	m.ticker.Stop()
}

func timerDrainedTwice() {
	go func() {
		timer := time.NewTimer(time.Millisecond)
		<-timer.C
		if !timer.Stop() {
			<-timer.C // leaks
		}
	}()
}

type session struct {
	ctx    context.Context
	events chan string
}

func (s *session) listen() {
	for {
		select { // leaks
		case <-s.events:
		case <-s.ctx.Done():
			return
		}
	}
}

func cancelThrownAway() {
	ctx, cancel := context.WithCancel(context.Background())
	s := &session{ctx, make(chan string)}
	go s.listen()
	_ = cancel
}

func backgroundIsNeverDone() {
	go waitDone(context.Background())
}

func waitDone(ctx context.Context) error {
	<-ctx.Done() // leaks
	return ctx.Err()
}

// Sends a token to each member, of whom one has left.
func tokensForTooMany() {
	tokens := make(chan int)
	for i := 0; i < 2; i++ {
		go func() { <-tokens }()
	}
	go hand(tokens, 3)
}

func hand(tokens chan<- int, n int) {
	for i := 0; i < n; i++ {
		tokens <- i // leaks
	}
}

type consumer struct{ in chan []byte }

func (c *consumer) loop() {
	for data := range c.in { // leaks
		_ = data
	}
}

func begin(f func()) { go f() }

func methodValueUnfed() {
	c := &consumer{make(chan []byte)}
	begin(c.loop)
	c.in <- nil
}
