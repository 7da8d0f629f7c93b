package main

import (
	"math"
	"math/rand"
)

// traffic is how many requests are in flight, as a function of the corpus' hours: a level, a daily
// wave with quieter weekends, growth, a step, a nightly batch, bursts, noise and slow wandering.
type traffic struct {
	spec   spec
	random *rand.Rand
	starts []float64 // of the bursts, in hours
	noise  float64   // correlated over minutes, standard deviation 1
	wander float64   // correlated over hours, standard deviation 1
}

var trafficNames = []string{
	"level", "swing", "peak", "weekend", "growth", "step-at", "step-by",
	"batch-at", "batch-for", "batch-by", "bursts", "burst-by", "burst-for", "noise", "wander", "tau",
}

const daysOfBursts = 60

func newTraffic(s spec, random *rand.Rand) *traffic {
	t := &traffic{spec: s, random: random, noise: random.NormFloat64(), wander: random.NormFloat64()}
	for i := 0.0; i < s.number("bursts", 0)*daysOfBursts; i++ {
		t.starts = append(t.starts, random.Float64()*daysOfBursts*24)
	}
	return t
}

// next is the traffic at an hour, the given part of an hour after the one before.
func (t *traffic) next(hour, elapsed float64) float64 {
	t.noise = t.correlated(t.noise, elapsed, 0.1)
	t.wander = t.correlated(t.wander, elapsed, t.spec.number("tau", 8))
	value := t.level(hour)
	value *= 1 + t.spec.number("noise", 0)*t.noise + t.spec.number("wander", 0)*t.wander
	return math.Max(0, value)
}

// correlated is a step of an Ornstein-Uhlenbeck process whose memory lasts tau hours.
func (t *traffic) correlated(last, elapsed, tau float64) float64 {
	keep := math.Exp(-elapsed / tau)
	return last*keep + t.random.NormFloat64()*math.Sqrt(1-keep*keep)
}

func (t *traffic) level(hour float64) float64 {
	s := t.spec
	value := s.number("level", 0)
	value *= math.Pow(1+s.number("growth", 0), hour/24)
	if at := s.number("step-at", math.Inf(1)); hour >= at {
		value *= s.number("step-by", 1)
	}
	wave := math.Cos(2 * math.Pi * (hour - s.number("peak", 14)) / 24)
	value *= 1 + s.number("swing", 0)*wave*t.workday(hour)
	value *= 1 - s.number("weekend", 0)*(1-t.workday(hour))
	within := math.Mod(hour-s.number("batch-at", 2)+24, 24)
	if within < s.number("batch-for", 0) {
		value *= s.number("batch-by", 1)
	}
	for _, start := range t.starts {
		if hour >= start && hour < start+s.number("burst-for", 0.3) {
			value *= s.number("burst-by", 1)
		}
	}
	return value
}

// workday is 1 from Monday to Friday and less on a weekend, with two hours from one to the other.
// The corpus begins on a Wednesday, so its hours 72 to 120 are Saturday and Sunday.
func (t *traffic) workday(hour float64) float64 {
	if t.spec.number("weekend", 0) == 0 {
		return 1
	}
	week := math.Mod(hour, 168)
	into := math.Min(math.Max((week-72)/2, 0), 1)
	out := math.Min(math.Max((week-120)/2, 0), 1)
	return 1 - into + out
}
