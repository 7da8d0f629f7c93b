package main

import "sync"

type settings struct {
	once   sync.Once
	values map[string]string
}

func (s *settings) get(key string) string {
	s.once.Do(s.load) // leaks
	return s.values[key]
}

func (s *settings) load() {
	s.values = map[string]string{"home": s.get("root") + "/home"}
}

func main() {
	s := &settings{}
	go s.get("home")
	for i := 0; i < 4; i++ {
		go s.get("root")
	}
	record()
}
