package main

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

type fake struct{}

func (fake) Open(string) (driver.Conn, error)          { return fake{}, nil }
func (fake) Prepare(query string) (driver.Stmt, error) { return statement{query}, nil }
func (fake) Close() error                              { return nil }
func (fake) Begin() (driver.Tx, error)                 { return nil, errors.New("no transactions") }

type statement struct{ query string }

func (statement) Close() error                               { return nil }
func (statement) NumInput() int                              { return -1 }
func (statement) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), nil }
func (s statement) Query([]driver.Value) (driver.Rows, error) {
	time.Sleep(4 * time.Millisecond)
	return &rows{left: 3}, nil
}

type rows struct{ left int64 }

func (r *rows) Columns() []string { return []string{"id"} }
func (r *rows) Close() error      { return nil }
func (r *rows) Next(to []driver.Value) error {
	if r.left == 0 {
		return io.EOF
	}
	r.left--
	to[0] = r.left
	return nil
}

type store struct{ db *sql.DB }

func (s *store) author(id int) (author int, err error) {
	return author, s.db.QueryRow("select author from posts where id = ?", id).Scan(&author) // leaks
}

func (s *store) posts() (authors []int, err error) {
	found, err := s.db.Query("select id from posts") // leaks
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var id int
		if err := found.Scan(&id); err != nil {
			return nil, err
		}
		author, err := s.author(id)
		if err != nil {
			return nil, err
		}
		authors = append(authors, author)
	}
	return authors, found.Err()
}

func main() {
	sql.Register("fake", fake{})
	db, err := sql.Open("fake", "")
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(5)
	s := &store{db}
	address := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		authors, err := s.posts()
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		fmt.Fprintln(w, authors)
	}))
	go func() {
		for range time.Tick(50 * time.Millisecond) {
			_ = db.Stats().WaitCount
		}
	}()
	request(address+"/posts", 3)
	var all sync.WaitGroup
	for i := 0; i < 14; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			request(address+"/posts", 1)
		}()
	}
	all.Wait()
	record()
}
