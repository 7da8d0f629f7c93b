package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"time"
)

type client struct {
	room *room
	conn net.Conn
	send chan string
}

// room owns its clients; only run touches the map.
type room struct {
	name    string
	clients map[*client]bool
	say     chan string
	join    chan *client
	leave   chan *client
}

func newRoom(name string) *room {
	r := &room{name, map[*client]bool{}, make(chan string), make(chan *client), make(chan *client)}
	go r.run()
	return r
}

func (r *room) drop(c *client) {
	if r.clients[c] {
		delete(r.clients, c)
		close(c.send)
	}
}

func (r *room) run() {
	for {
		select {
		case c := <-r.join:
			r.clients[c] = true
		case c := <-r.leave:
			r.drop(c)
		case line := <-r.say:
			for c := range r.clients {
				select {
				case c.send <- line:
				default:
					r.drop(c)
				}
			}
		}
	}
}

func (c *client) readPump() {
	defer func() { c.room.leave <- c }()
	lines := bufio.NewScanner(c.conn)
	for lines.Scan() {
		c.room.say <- c.room.name + ": " + lines.Text()
	}
}

func (c *client) writePump() {
	ping := time.NewTicker(54 * time.Second)
	defer ping.Stop()
	defer c.conn.Close()
	for {
		select {
		case line, ok := <-c.send:
			if !ok {
				return
			}
			fmt.Fprintln(c.conn, line)
		case <-ping.C:
			fmt.Fprintln(c.conn, "ping")
		}
	}
}

func talkers(address string) {
	time.AfterFunc(4*time.Second, func() { os.Exit(0) })
	for i := 0; i < 16; i++ {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			panic(err)
		}
		lines := bufio.NewScanner(conn)
		go func() {
			for lines.Scan() {
			}
		}()
		fmt.Fprintln(conn, "hello")
		if i%5 == 0 {
			conn.Close()
		}
	}
	select {}
}

func main() {
	if address := os.Getenv("PEER"); address != "" {
		talkers(address)
	}
	rooms := []*room{newRoom("lobby"), newRoom("games"), newRoom("empty")}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for n := 0; ; n++ {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			c := &client{rooms[n%2], conn, make(chan string, 16)}
			c.room.join <- c
			go c.writePump()
			go c.readPump()
		}
	}()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "PEER="+l.Addr().String())
	if err := command.Start(); err != nil {
		panic(err)
	}
	time.Sleep(time.Second)
	record()
}
