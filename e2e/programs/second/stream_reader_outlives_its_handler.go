package main

import "net/http"

type frame struct{ data []byte }

type subscription struct {
	frames chan frame
}

func (s *subscription) forward(to func(frame)) {
	for {
		f, ok := <-s.frames // leaks
		if !ok {
			return
		}
		to(f)
	}
}

func main() {
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &subscription{make(chan frame)}
		go s.forward(func(f frame) { w.Write(f.data) })
		if r.Header.Get("Authorization") == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		close(s.frames)
	}))+"/stream", 50)
	record()
}
