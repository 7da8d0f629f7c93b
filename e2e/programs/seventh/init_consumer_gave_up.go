package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"
)

var trail = make(chan string, 16)

func init() {
	go func() {
		out, err := openTrail(os.Getenv("AUDIT_DIR"))
		if err != nil {
			fmt.Println("audit is off:", err)
			return
		}
		defer out.Close()
		for line := range trail {
			fmt.Fprintln(out, line)
		}
	}()
}

func openTrail(dir string) (*os.File, error) {
	if dir == "" {
		return nil, errors.New("AUDIT_DIR is not set")
	}
	return os.OpenFile(dir+"/audit.log", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
}

func audit(format string, values ...any) {
	trail <- fmt.Sprintf(format, values...) // leaks
}

type orders struct{ next http.Handler }

func (o orders) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodHead {
		audit("%s %s", r.Method, r.URL.Path)
	}
	o.next.ServeHTTP(w, r)
}

func nightly(every time.Duration) {
	for range time.Tick(every) {
		audit("cleaned %d", 3)
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "[]") })
	mux.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	address := listen(orders{mux})
	request(address+"/orders", 10)
	go nightly(25 * time.Millisecond)
	time.Sleep(300 * time.Millisecond)
	request(address+"/orders", 9)
	record()
}
