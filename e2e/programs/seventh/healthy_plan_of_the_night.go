package main

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// job runs when it is triggered, by its plan or by hand; never twice at once.
type job struct {
	name    string
	trigger chan string
	run     func(context.Context) error
	next    func(time.Time) time.Time
}

type planner struct {
	mu   sync.Mutex
	jobs map[string]*job
	all  sync.WaitGroup
}

func (p *planner) add(ctx context.Context, name string, next func(time.Time) time.Time, run func(context.Context) error) {
	j := &job{name, make(chan string, 1), run, next}
	p.mu.Lock()
	p.jobs[name] = j
	p.mu.Unlock()
	p.all.Add(1)
	go p.loop(ctx, j)
	j.plan()
}

// plan sets a timer that triggers the job and plans the next time.
func (j *job) plan() {
	now := time.Now()
	time.AfterFunc(j.next(now).Sub(now), func() {
		select {
		case j.trigger <- "plan":
		default:
		}
		j.plan()
	})
}

func (p *planner) loop(ctx context.Context, j *job) {
	defer p.all.Done()
	for {
		select {
		case by := <-j.trigger:
			if err := j.run(ctx); err != nil {
				fmt.Println(j.name, by, err)
			}
		case <-ctx.Done():
			return
		}
	}
}

func daily(hour int) func(time.Time) time.Time {
	return func(now time.Time) time.Time {
		next := time.Date(now.Year(), now.Month(), now.Day(), hour, 0, 0, 0, now.Location())
		if next.Sub(now) < 10*time.Minute {
			next = next.AddDate(0, 0, 1)
		}
		return next
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	p := &planner{jobs: map[string]*job{}}
	for hour, name := range []string{"vacuum", "rotate keys", "report", "expire", "backup", "reindex"} {
		p.add(ctx, name, daily(hour), func(context.Context) error { return nil })
	}
	p.add(ctx, "sync", func(now time.Time) time.Time { return now.Add(3 * time.Second) }, func(ctx context.Context) error {
		select {
		case <-time.After(10 * time.Millisecond):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		j := p.jobs[r.URL.Query().Get("job")]
		p.mu.Unlock()
		if j == nil {
			http.NotFound(w, r)
			return
		}
		select {
		case j.trigger <- "hand":
		default:
			http.Error(w, "it is waiting already", http.StatusConflict)
		}
	}))
	request(address+"/run?job=report", 1)
	time.Sleep(time.Second)
	runtime.GC() // twice: what waits is dated by the collection before the last
	runtime.GC()
	time.Sleep(66 * time.Second)
	record()
	cancel()
	p.all.Wait()
}
