package main

import (
	"fmt"
	"strconv"
	"strings"
)

// spec is a flag such as "chan per-hour=40 after=72": an optional kind and numbers by name.
// It checks names when it is parsed, so that a misspelt one is no silent zero.
type spec struct {
	kind   string
	known  []string
	values map[string]float64
}

func newSpec(known ...string) spec {
	return spec{known: known, values: map[string]float64{}}
}

func (s *spec) String() string {
	if s == nil {
		return ""
	}
	return s.kind
}

func (s *spec) Set(text string) error {
	for _, word := range strings.Fields(text) {
		name, number, isValue := strings.Cut(word, "=")
		if !isValue {
			s.kind = word
			continue
		}
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return fmt.Errorf("%s: a number is needed", word)
		}
		if !contains(s.known, name) {
			return fmt.Errorf("%s: unknown; one of %s", name, strings.Join(s.known, ", "))
		}
		s.values[name] = value
	}
	return nil
}

// number is the value of a name, or what it is where nothing is said.
func (s spec) number(name string, otherwise float64) float64 {
	if value, said := s.values[name]; said {
		return value
	}
	return otherwise
}

func contains(list []string, wanted string) bool {
	for _, item := range list {
		if item == wanted {
			return true
		}
	}
	return false
}
