package main

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

type fake struct{}

func (fake) Open(string) (driver.Conn, error)      { return fake{}, nil }
func (fake) Prepare(q string) (driver.Stmt, error) { return fake{}, nil }
func (fake) Begin() (driver.Tx, error)             { return fake{}, nil }
func (fake) Commit() error                         { return nil }
func (fake) Rollback() error                       { return nil }
func (fake) Close() error                          { return nil }
func (fake) NumInput() int                         { return -1 }
func (fake) Exec([]driver.Value) (driver.Result, error) {
	return driver.RowsAffected(1), nil
}
func (fake) Query([]driver.Value) (driver.Rows, error) {
	time.Sleep(40 * time.Millisecond)
	return &rows{}, nil
}

type rows struct{ n int }

func (r *rows) Columns() []string { return []string{"id"} }
func (r *rows) Close() error      { return nil }
func (r *rows) Next(to []driver.Value) error {
	if r.n++; r.n > 3 {
		return io.EOF
	}
	to[0] = int64(r.n)
	return nil
}

type shop struct{ db *sql.DB }

func (s *shop) list(w http.ResponseWriter, r *http.Request) {
	found, err := s.db.Query("select id from goods")
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	defer found.Close()
	for found.Next() {
		var id int64
		if err := found.Scan(&id); err != nil {
			return
		}
		fmt.Fprintln(w, id)
	}
}

func (s *shop) buy(w http.ResponseWriter, r *http.Request) {
	tx, err := s.db.BeginTx(r.Context(), nil)
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	defer tx.Rollback()
	tx.Exec("update goods")
	time.Sleep(20 * time.Millisecond)
	tx.Commit()
}

func customers(address string) {
	time.AfterFunc(4*time.Second, func() { os.Exit(0) })
	var all sync.WaitGroup
	for i := 0; i < 30; i++ {
		all.Add(1)
		path := []string{"/list", "/buy"}[i%2]
		go func() {
			for {
				if response, err := http.Get("http://" + address + path); err == nil {
					io.Copy(io.Discard, response.Body)
					response.Body.Close()
				}
			}
		}()
	}
	all.Wait()
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		customers(address)
	}
	sql.Register("fake", fake{})
	db, err := sql.Open("fake", "")
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(4)
	s := &shop{db}
	mux := http.NewServeMux()
	mux.HandleFunc("/list", s.list)
	mux.HandleFunc("/buy", s.buy)
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+listen(mux))
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(700 * time.Millisecond)
	record()
}
