package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
)

func compressed(body io.Reader) io.Reader {
	out, in := io.Pipe()
	go func() {
		zip := gzip.NewWriter(in)
		io.Copy(zip, body) // leaks
		zip.Close()
		in.Close()
	}()
	return out
}

func main() {
	request(listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stream := compressed(bytes.NewReader(make([]byte, 1<<16)))
		head := make([]byte, 2)
		io.ReadFull(stream, head)
		if head[0] == 0x1f {
			http.Error(w, "no archives", http.StatusUnsupportedMediaType)
			return
		}
		io.Copy(w, stream)
	}))+"/upload", 16)
	record()
}
