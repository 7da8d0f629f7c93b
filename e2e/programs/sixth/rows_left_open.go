package main

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"net/http"
	"sync"
)

type fake struct{}

func (fake) Open(string) (driver.Conn, error)            { return fake{}, nil }
func (fake) Prepare(q string) (driver.Stmt, error)       { return fake{}, nil }
func (fake) Begin() (driver.Tx, error)                   { return fake{}, nil }
func (fake) Commit() error                               { return nil }
func (fake) Rollback() error                             { return nil }
func (fake) Close() error                                { return nil }
func (fake) NumInput() int                               { return -1 }
func (fake) Exec([]driver.Value) (driver.Result, error)  { return driver.RowsAffected(1), nil }
func (fake) Query(a []driver.Value) (driver.Rows, error) { return &rows{}, nil }

type rows struct{ n int }

func (r *rows) Columns() []string { return []string{"id"} }
func (r *rows) Close() error      { return nil }
func (r *rows) Next(to []driver.Value) error {
	if r.n++; r.n > 5 {
		return io.EOF
	}
	to[0] = int64(r.n)
	return nil
}

type orders struct{ db *sql.DB }

func (o *orders) first(w http.ResponseWriter, r *http.Request) {
	found, err := o.db.Query("select id from orders where user = ?", r.URL.Query().Get("user")) // leaks
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	var id int64
	if found.Next() {
		if err := found.Scan(&id); err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
	}
	fmt.Fprintln(w, id)
}

func (o *orders) create(w http.ResponseWriter, r *http.Request) {
	if _, err := o.db.ExecContext(r.Context(), "insert into orders"); err != nil {
		http.Error(w, err.Error(), 500)
	}
}

func (o *orders) sweep() {
	tx, err := o.db.Begin() // leaks
	if err != nil {
		return
	}
	defer tx.Rollback()
	tx.Exec("delete from orders")
	tx.Commit()
}

func main() {
	sql.Register("fake", fake{})
	db, err := sql.Open("fake", "")
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(5)
	o := &orders{db}
	mux := http.NewServeMux()
	mux.HandleFunc("/first", o.first)
	mux.HandleFunc("/create", o.create)
	address := listen(mux)
	var all sync.WaitGroup
	for i := 0; i < 4; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			request(address+"/create", 4)
			request(address+"/first?user=3", 5)
			request(address+"/create", 1)
		}()
	}
	all.Wait()
	go o.sweep()
	record()
}
