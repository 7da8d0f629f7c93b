package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
)

type bank struct{}

func (bank) Open(string) (driver.Conn, error) { return line{}, nil }

type line struct{}

func (line) Prepare(string) (driver.Stmt, error) { return question{}, nil }
func (line) Close() error                        { return nil }
func (line) Begin() (driver.Tx, error)           { return nil, io.EOF }

type question struct{}

func (question) Close() error                               { return nil }
func (question) NumInput() int                              { return 0 }
func (question) Exec([]driver.Value) (driver.Result, error) { return nil, io.EOF }
func (question) Query([]driver.Value) (driver.Rows, error)  { return answers{}, nil }

type answers struct{}

func (answers) Columns() []string            { return []string{"n"} }
func (answers) Close() error                 { return nil }
func (answers) Next(to []driver.Value) error { to[0] = int64(1); return nil }

func first(db *sql.DB) (n int) {
	rows, err := db.QueryContext(context.Background(), "select n") // leaks
	if err != nil {
		return 0
	}
	rows.Next()
	rows.Scan(&n)
	return n
}

func main() {
	sql.Register("bank", bank{})
	db, _ := sql.Open("bank", "")
	db.SetMaxOpenConns(2)
	first(db)
	first(db)
	for i := 0; i < 8; i++ {
		go first(db)
	}
	record()
}
