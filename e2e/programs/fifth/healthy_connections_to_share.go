package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

var errTimeout = errors.New("no connection in time")

type conn struct{ id int }

// database has few connections; who waits for one stands in a line.
type database struct {
	mu    sync.Mutex
	free  []*conn
	line  []chan *conn
	opens chan struct{}
}

func (d *database) acquire(ctx context.Context) (*conn, error) {
	d.mu.Lock()
	if last := len(d.free) - 1; last >= 0 {
		c := d.free[last]
		d.free = d.free[:last]
		d.mu.Unlock()
		return c, nil
	}
	mine := make(chan *conn, 1)
	d.line = append(d.line, mine)
	d.mu.Unlock()
	select {
	case c := <-mine:
		return c, nil
	case <-ctx.Done():
		d.leave(mine)
		return nil, errTimeout
	}
}

func (d *database) leave(mine chan *conn) {
	d.mu.Lock()
	for i, ch := range d.line {
		if ch == mine {
			d.line = append(d.line[:i], d.line[i+1:]...)
			break
		}
	}
	d.mu.Unlock()
	select {
	case c := <-mine:
		d.release(c)
	default:
	}
}

func (d *database) release(c *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.line) == 0 {
		d.free = append(d.free, c)
		return
	}
	d.line[0] <- c
	d.line = d.line[1:]
}

// open makes connections when it is asked to.
func (d *database) open(ctx context.Context) {
	for id := 0; ; id++ {
		select {
		case <-d.opens:
			d.release(&conn{id})
		case <-ctx.Done():
			return
		}
	}
}

func (d *database) query(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	c, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	defer d.release(c)
	time.Sleep(30 * time.Millisecond)
	return nil
}

func main() {
	d := &database{opens: make(chan struct{}, 3)}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go d.open(ctx)
	for i := 0; i < cap(d.opens); i++ {
		d.opens <- struct{}{}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, d.query(r.Context())) })
	address := listen(mux)
	for i := 0; i < 15; i++ {
		go func() {
			for {
				response, err := http.Get("http://" + address + "/orders")
				if err != nil {
					return
				}
				response.Body.Close()
			}
		}()
	}
	record()
}
