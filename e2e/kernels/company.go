package main

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Healthy programs, continued: those who talk to somebody outside, or to many.

func gracefulEnd() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGINT)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-asked
		cancel()
	}()
	for i := 0; i < 3; i++ {
		go untilDone(ctx)
	}
}

func untilDone(ctx context.Context) {
	<-ctx.Done()
}

type client struct {
	conn net.Conn
	out  chan []byte
}

func (c *client) readAll() {
	defer close(c.out)
	for {
		data := make([]byte, 100)
		n, err := c.conn.Read(data)
		if err != nil {
			return
		}
		c.out <- data[:n]
	}
}

func (c *client) writeAll() {
	for data := range c.out {
		c.conn.Write(data)
	}
}

func echo() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			c := &client{conn, make(chan []byte, 4)}
			go c.readAll()
			go c.writeAll()
		}
	}()
	for i := 0; i < 15; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		kept = append(kept, conn)
	}
}

type alarm struct{ at time.Duration }

func (a alarm) wait() {
	<-time.After(a.at)
	_ = breaks()
}

func alarms() {
	for i := 1; i < 5; i++ {
		go alarm{time.Duration(i) * time.Hour}.wait()
	}
}

func rateLimited() {
	tokens := make(chan struct{}, 1)
	go func() {
		for {
			time.Sleep(time.Minute)
			tokens <- struct{}{}
		}
	}()
	for i := 0; i < 8; i++ {
		go func() {
			for range tokens {
				_ = breaks()
			}
		}()
	}
}

type remote struct {
	mu   sync.Mutex
	conn net.Conn
}

func (r *remote) call() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conn.Read(make([]byte, 8))
}

func lockOverIO() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	r := &remote{conn: conn}
	for i := 0; i < 12; i++ {
		go r.call()
	}
	kept = append(kept, listener)
}

// Runners wait for the shot.
func startingGate() {
	var shot sync.WaitGroup
	shot.Add(1)
	for i := 0; i < 5; i++ {
		go func() {
			shot.Wait()
			_ = breaks()
		}()
	}
	go func() {
		time.Sleep(10 * time.Minute)
		shot.Done()
	}()
}

func pulledSlowly() {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for i := 0; i < 1000; i++ {
			numbers <- i
		}
	}()
	go func() {
		for range numbers {
			time.Sleep(10 * time.Second)
		}
	}()
}

type mailbox struct{ letters chan string }

func (m *mailbox) process() {
	for letter := range m.letters {
		_ = letter
	}
}

type town struct{ boxes []*mailbox }

func (t *town) deliver() {
	for i := 0; ; i++ {
		t.boxes[i%len(t.boxes)].letters <- "a"
		time.Sleep(time.Hour)
	}
}

func mailboxes() {
	t := &town{}
	for i := 0; i < 6; i++ {
		box := &mailbox{make(chan string)}
		t.boxes = append(t.boxes, box)
		begin(box.process)
	}
	begin(t.deliver)
}

func supervisor() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			ended := make(chan error)
			go func() { ended <- acceptOne(listener) }()
			<-ended
		}
	}()
}

func acceptOne(listener net.Listener) error {
	conn, err := listener.Accept()
	if err == nil {
		conn.Close()
	}
	return err
}

func childProcess() {
	child := exec.Command("sleep", "100")
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	output, err := child.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := child.Start(); err != nil {
		panic(err)
	}
	read := make(chan struct{})
	go func() {
		io.Copy(io.Discard, output)
		close(read)
	}()
	go func() {
		<-read
		child.Wait()
	}()
}

type room struct {
	enter chan *guest
	say   chan string
	in    map[*guest]bool
}

type guest struct {
	conn net.Conn
	hear chan string
}

func (r *room) host() {
	for {
		select {
		case g := <-r.enter:
			r.in[g] = true
		case text := <-r.say:
			for g := range r.in {
				g.hear <- text
			}
		}
	}
}

func (g *guest) listen(r *room) {
	data := make([]byte, 100)
	for {
		n, err := g.conn.Read(data)
		if err != nil {
			return
		}
		r.say <- string(data[:n])
	}
}

func (g *guest) speak() {
	for text := range g.hear {
		io.WriteString(g.conn, text)
	}
}

func roomsOfAChat() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	r := &room{make(chan *guest), make(chan string), map[*guest]bool{}}
	go r.host()
	for i := 0; i < 10; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		g := &guest{conn, make(chan string, 2)}
		r.enter <- g
		go g.listen(r)
		go g.speak()
	}
	kept = append(kept, listener)
}

// A large answer of which a part is read now and then.
func slowExport() {
	address, client := fileServer()
	for i := 0; i < 2; i++ {
		go export(client, address)
	}
}

func export(client *http.Client, address string) {
	response, err := client.Get(address)
	if err != nil {
		return
	}
	defer response.Body.Close()
	for {
		if _, err := response.Body.Read(make([]byte, 1000)); err != nil {
			return
		}
		time.Sleep(3 * time.Minute)
	}
}

func slowReport() {
	db := store()
	go report(db)
}

func report(db *sql.DB) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rows, err := db.QueryContext(ctx, "select 1")
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		time.Sleep(2 * time.Minute)
	}
}

func uploadThroughAPipe() {
	reader, writer := io.Pipe()
	go func() {
		defer writer.Close()
		for i := 0; i < 1000; i++ {
			io.WriteString(writer, "a line of text\n")
		}
	}()
	go func() {
		for {
			if _, err := reader.Read(make([]byte, 64)); err != nil {
				return
			}
			time.Sleep(time.Minute)
		}
	}()
}

func oneFlight() {
	f := &flight{calls: map[string]*sync.WaitGroup{}}
	for i := 0; i < 6; i++ {
		go f.do("a", func() { time.Sleep(10 * time.Minute) })
	}
}

type shard struct {
	in chan int
	n  int64
}

func (s *shard) run() {
	for n := range s.in {
		atomic.AddInt64(&s.n, int64(n))
	}
}

type sharded []*shard

func (s sharded) feed(connection net.Conn) {
	data := make([]byte, 1)
	for {
		if _, err := connection.Read(data); err != nil {
			return
		}
		s[int(data[0])%len(s)].in <- 1
	}
}

func shards() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	var all sharded
	for i := 0; i < 16; i++ {
		s := &shard{in: make(chan int, 8)}
		all = append(all, s)
		go s.run()
	}
	go all.feed(connection)
	kept = append(kept, listener)
}

func deadlines() {
	for i := 0; i < 3; i++ {
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		go func() {
			defer cancel()
			<-ctx.Done()
		}()
	}
}

// A port that nobody has called yet, and who handles its connections.
func quietListener() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	connections := make(chan net.Conn)
	for i := 0; i < 3; i++ {
		go func() {
			for connection := range connections {
				connection.Close()
			}
		}()
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			connections <- connection
		}
	}()
}
