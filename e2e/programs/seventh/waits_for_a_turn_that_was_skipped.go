package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

type segment struct {
	number int
	data   string
	after  <-chan struct{}
	done   chan struct{}
}

// assembler encodes segments at once but writes them in their order.
type assembler struct {
	out    io.Writer
	slots  chan struct{}
	encode func(int, string) (string, error)
}

func (a *assembler) segment(ctx context.Context, s segment) error {
	defer func() { <-a.slots }()
	text, err := a.encode(s.number, s.data)
	if err != nil {
		fmt.Println("segment", s.number, err)
		return err
	}
	<-s.after // leaks
	fmt.Fprintln(a.out, text)
	close(s.done)
	return nil
}

func (a *assembler) assemble(ctx context.Context, parts []string) {
	first := make(chan struct{})
	close(first)
	var after <-chan struct{} = first
	for i, part := range parts {
		a.slots <- struct{}{}
		s := segment{i, part, after, make(chan struct{})}
		go a.segment(ctx, s)
		after = s.done
	}
	<-after // leaks
}

func main() {
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &assembler{io.Discard, make(chan struct{}, 64), func(n int, data string) (string, error) {
			time.Sleep(time.Millisecond)
			if r.URL.Path == "/broken" && n == 5 {
				return "", errors.New("cannot encode " + data)
			}
			return data, nil
		}}
		parts := make([]string, 30)
		a.assemble(r.Context(), parts)
	}))
	request(address+"/fine", 3)
	request(address+"/broken", 1)
	request(address+"/fine", 2)
	record()
}
