package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"
)

func init() {
	kernels["h-idle-pool"] = kernel{run: idlePool, healthy: true}
	kernels["h-busy-pool"] = kernel{run: busyPool, healthy: true, held: true}
	kernels["h-tickers"] = kernel{run: tickers, healthy: true}
	kernels["h-keep-alives"] = kernel{run: keepAlives, healthy: true}
	kernels["h-subscribers"] = kernel{run: subscribers, healthy: true, held: true}
	kernels["h-signals"] = kernel{run: signals, healthy: true}
	kernels["h-group-in-flight"] = kernel{run: groupInFlight, healthy: true}
	kernels["h-actors"] = kernel{run: actors, healthy: true, held: true}
	kernels["h-burst-on-a-lock"] = kernel{run: burstOnALock, healthy: true}
	kernels["h-burst-on-slots"] = kernel{run: burstOnSlots, healthy: true, held: true}
	kernels["h-slow-pipeline"] = kernel{run: slowPipeline, healthy: true}
	kernels["h-calls-in-flight"] = kernel{run: callsInFlight, healthy: true, held: true}
	kernels["h-queue-on-condition"] = kernel{run: queueOnCondition, healthy: true}
	kernels["h-scoped-context"] = kernel{run: scopedContext, healthy: true, held: true}
	kernels["h-run-group"] = kernel{run: runGroup, healthy: true}
	kernels["h-database"] = kernel{run: database, healthy: true, held: true}
	kernels["h-download"] = kernel{run: download, healthy: true}
	kernels["h-flusher"] = kernel{run: flusher, healthy: true, held: true}
	kernels["h-readers-and-a-writer"] = kernel{run: readersAndAWriter, healthy: true}
	kernels["h-servers-requests"] = kernel{run: serversRequests, healthy: true, held: true}
}

// What a service keeps so that it can use it: a pool that waits for jobs.
type workers struct {
	jobs chan func()
	wait sync.WaitGroup
}

func newWorkers(n int) *workers {
	w := &workers{jobs: make(chan func())}
	for i := 0; i < n; i++ {
		w.wait.Add(1)
		go w.run()
	}
	return w
}

func (w *workers) run() {
	defer w.wait.Done()
	for job := range w.jobs {
		job()
	}
}

var kept []interface{}

func idlePool() {
	w := newWorkers(8)
	for i := 0; i < 20; i++ {
		w.jobs <- func() {}
	}
	kept = append(kept, w)
}

// Producers wait for workers that are at it.
func busyPool() {
	w := newWorkers(4)
	go func() {
		for {
			w.jobs <- func() { time.Sleep(50 * time.Millisecond) }
		}
	}()
	kept = append(kept, w)
}

type reporter struct {
	stop chan struct{}
}

func tickers() {
	r := &reporter{stop: make(chan struct{})}
	go r.report()
	go func() {
		for range time.NewTicker(time.Second).C {
			_ = breaks()
		}
	}()
	kept = append(kept, r)
}

func (r *reporter) report() {
	ticker := time.NewTicker(10 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-r.stop:
			return
		}
	}
}

func keepAlives() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "fine")
	}))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 10}}
	var group sync.WaitGroup
	for i := 0; i < 10; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			response, err := client.Get("http://" + listener.Addr().String())
			if err != nil {
				panic(err)
			}
			io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}()
	}
	group.Wait()
	kept = append(kept, client)
}

type broker struct {
	mu     sync.Mutex
	topics map[string][]chan string
}

func (b *broker) subscribe(topic string) <-chan string {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := make(chan string, 1)
	b.topics[topic] = append(b.topics[topic], c)
	return c
}

func (b *broker) publish(topic, text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.topics[topic] {
		c <- text
	}
}

func subscribers() {
	b := &broker{topics: map[string][]chan string{}}
	for i := 0; i < 3; i++ {
		go handleMessages(b.subscribe("orders"))
	}
	go func() {
		for {
			b.publish("orders", "new")
			time.Sleep(100 * time.Millisecond)
		}
	}()
}

func handleMessages(messages <-chan string) {
	for range messages {
		_ = breaks()
	}
}

func signals() {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, os.Interrupt)
	go func() {
		for range hangups {
			_ = breaks()
		}
	}()
}

func groupInFlight() {
	go fetchAll()
}

func fetchAll() {
	for {
		var group sync.WaitGroup
		for i := 0; i < 5; i++ {
			group.Add(1)
			go func() {
				defer group.Done()
				time.Sleep(300 * time.Second)
			}()
		}
		group.Wait()
	}
}

type actor struct {
	inbox chan int
	stop  chan struct{}
	state int
}

func (a *actor) loop() {
	for {
		select {
		case n := <-a.inbox:
			a.state += n
		case <-a.stop:
			return
		}
	}
}

func actors() {
	for i := 0; i < 6; i++ {
		a := &actor{inbox: make(chan int), stop: make(chan struct{})}
		go a.loop()
		a.inbox <- i
		kept = append(kept, a)
	}
}

type table struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	rows int
}

func (t *table) insert() {
	t.mu.Lock()
	defer t.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	t.rows++
}

func burstOnALock() {
	t := &table{}
	go func() {
		for {
			var group sync.WaitGroup
			for i := 0; i < 150; i++ {
				group.Add(1)
				go func() {
					defer group.Done()
					t.insert()
				}()
			}
			group.Wait()
		}
	}()
}

// A limit of four at a time, and forty that want to.
func burstOnSlots() {
	slots := make(chan struct{}, 4)
	for i := 0; i < 40; i++ {
		go func() {
			for {
				slots <- struct{}{}
				time.Sleep(30 * time.Millisecond)
				<-slots
			}
		}()
	}
}

func slowPipeline() {
	lines := make(chan int)
	parsed := make(chan int)
	go func() {
		for i := 0; ; i++ {
			lines <- i
		}
	}()
	go func() {
		for line := range lines {
			parsed <- line
		}
	}()
	go func() {
		for range parsed {
			time.Sleep(40 * time.Millisecond)
		}
	}()
}

type question struct {
	answer chan int
}

func callsInFlight() {
	questions := make(chan question)
	go func() {
		for q := range questions {
			time.Sleep(200 * time.Millisecond)
			q.answer <- 1
		}
	}()
	for i := 0; i < 3; i++ {
		go func() {
			for {
				q := question{answer: make(chan int, 1)}
				questions <- q
				<-q.answer
			}
		}()
	}
}

type queue struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []int
}

func newQueue() *queue {
	q := &queue{}
	q.some = sync.NewCond(&q.mu)
	return q
}

func (q *queue) get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.some.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func (q *queue) put(item int) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.mu.Unlock()
	q.some.Signal()
}

func queueOnCondition() {
	q := newQueue()
	for i := 0; i < 2; i++ {
		go q.process()
	}
	go func() {
		for {
			q.put(1)
			time.Sleep(100 * time.Millisecond)
		}
	}()
}

func (q *queue) process() {
	for {
		_ = q.get()
	}
}

func scopedContext() {
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
		defer cancel()
		go closeWhenDone(ctx)
		time.Sleep(4 * time.Minute)
	}()
}

func closeWhenDone(ctx context.Context) {
	<-ctx.Done()
}

// Actors that end together: one that ends makes the others end.
func runGroup() {
	go func() {
		ended := make(chan error)
		stop := make(chan struct{})
		for i := 0; i < 3; i++ {
			go func() { ended <- untilStopped(stop) }()
		}
		go func() { ended <- untilQuiet() }()
		<-ended
		close(stop)
	}()
}

func untilQuiet() error {
	time.Sleep(10 * time.Minute)
	return nil
}

func untilStopped(stop chan struct{}) error {
	<-stop
	return nil
}

func database() {
	db := openFake()
	db.SetMaxOpenConns(2)
	if err := db.Ping(); err != nil {
		panic(err)
	}
	kept = append(kept, db)
}

// A long answer that is being read.
func download() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for {
			w.Write(make([]byte, 1000))
			w.(http.Flusher).Flush()
			time.Sleep(50 * time.Millisecond)
		}
	}))
	go func() {
		response, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			panic(err)
		}
		defer response.Body.Close()
		io.Copy(io.Discard, response.Body)
	}()
}

type buffer struct {
	full chan []int
	done chan struct{}
}

// Started once by whoever opens it, it waits for what is written.
func openBuffer() *buffer {
	b := &buffer{full: make(chan []int), done: make(chan struct{})}
	go b.flush()
	return b
}

func (b *buffer) flush() {
	for batch := range b.full {
		_ = batch
	}
	close(b.done)
}

func flusher() {
	b := openBuffer()
	b.full <- []int{1}
	kept = append(kept, b)
}

func readersAndAWriter() {
	t := &table{}
	for i := 0; i < 10; i++ {
		go func() {
			for {
				t.rw.RLock()
				time.Sleep(10 * time.Millisecond)
				t.rw.RUnlock()
			}
		}()
	}
	go func() {
		for {
			t.rw.Lock()
			t.rows++
			t.rw.Unlock()
			time.Sleep(5 * time.Millisecond)
		}
	}()
}

// Requests that wait for a slow backend.
func serversRequests() {
	backend, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(backend, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Minute * 2)
	}))
	for i := 0; i < 5; i++ {
		go func() {
			response, err := http.Get("http://" + backend.Addr().String())
			if err == nil {
				response.Body.Close()
			}
		}()
	}
}
