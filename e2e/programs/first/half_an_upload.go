package main

import (
	"encoding/csv"
	"errors"
	"io"
)

func export(rows int) io.Reader {
	reader, writer := io.Pipe()
	go func() {
		table := csv.NewWriter(writer)
		for i := 0; i < rows; i++ {
			table.Write([]string{"a", "b", "c"})
			table.Flush() // leaks
		}
		writer.Close()
	}()
	return reader
}

func upload(body io.Reader) error {
	first := make([]byte, 2)
	if _, err := body.Read(first); err != nil {
		return err
	}
	return errors.New("quota exceeded")
}

func main() {
	for i := 0; i < 11; i++ {
		_ = upload(export(100))
	}
	record()
}
