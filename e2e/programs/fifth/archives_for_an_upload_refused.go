package main

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// store takes archives, but not of all volumes.
type store struct{ kept map[string]int64 }

func (s *store) put(name string, from io.Reader) error {
	if name == "locked" {
		return errors.New(name + " is locked")
	}
	n, err := io.Copy(io.Discard, from)
	s.kept[name] = n
	return err
}

func pack(to *io.PipeWriter, files int) {
	archive := tar.NewWriter(to)
	for i := 0; i < files; i++ {
		content := make([]byte, 2048)
		header := &tar.Header{Name: fmt.Sprint("file", i), Size: int64(len(content)), Mode: 0o600}
		if err := archive.WriteHeader(header); err != nil { // leaks
			to.CloseWithError(err)
			return
		}
		if _, err := archive.Write(content); err != nil {
			to.CloseWithError(err)
			return
		}
	}
	to.CloseWithError(archive.Close())
}

func (s *store) backup(w http.ResponseWriter, r *http.Request) {
	reader, writer := io.Pipe()
	go pack(writer, 20)
	if err := s.put(r.URL.Query().Get("volume"), reader); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	fmt.Fprintln(w, "kept")
}

// retain drops old archives, by a pipe of its own that is read.
func (s *store) retain(ctx context.Context) {
	reader, writer := io.Pipe()
	go func() {
		for {
			select {
			case <-time.After(10 * time.Millisecond):
				writer.Write([]byte("."))
			case <-ctx.Done():
				writer.Close()
				return
			}
		}
	}()
	io.Copy(io.Discard, reader)
}

func main() {
	s := &store{kept: map[string]int64{}}
	go s.retain(context.Background())
	mux := http.NewServeMux()
	mux.HandleFunc("/backup", s.backup)
	address := listen(mux)
	request(address+"/backup?volume=data", 4)
	request(address+"/backup?volume=locked", 4)
	record()
}
