package main

import "sync"

// order is what the service claims to handle; a leaked one is big enough to be seen in a heap profile.
type order struct {
	id   int
	body []byte
}

// cache keeps every order; whether that is a bug depends on who clears it.
type cache struct {
	mu     sync.Mutex
	orders []order
	bytes  int
}

//go:noinline
func (c *cache) remember(id, bytes int) {
	o := order{id: id, body: touched(make([]byte, bytes))}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders = append(c.orders, o)
	c.bytes += bytes
}

// hold makes the cache as large as asked, in pieces.
func (c *cache) hold(bytes, piece int) {
	for c.bytes < bytes {
		c.remember(len(c.orders), piece)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.bytes > bytes+piece && len(c.orders) > 0 {
		last := len(c.orders) - 1
		c.bytes -= len(c.orders[last].body)
		c.orders[last] = order{}
		c.orders = c.orders[:last]
	}
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders, c.bytes = nil, 0
}

// touched writes to each page, so that it is resident and not only promised.
func touched(bytes []byte) []byte {
	for i := 0; i < len(bytes); i += 4096 {
		bytes[i] = 1
	}
	return bytes
}
