package main

import (
	"math"
	"math/rand"
	"runtime/debug"
)

// rig has the three knobs that decide how a healthy heap looks: how much is allocated, in which
// sizes, and when the collector starts.
type rig struct {
	allocPerSecond float64 // bytes of garbage
	mix            float64 // share of it in large objects, 0 to 1
	gogc           int     // percent; -1 is off
	owed           float64
	random         *rand.Rand
	sink           []byte
}

const (
	smallPiece = 2 << 10
	largePiece = 128 << 10
)

func newRig(random *rand.Rand) *rig {
	gogc := debug.SetGCPercent(100)
	debug.SetGCPercent(gogc)
	return &rig{gogc: gogc, random: random}
}

func (r *rig) trigger(percent int) {
	r.gogc = percent
	debug.SetGCPercent(percent)
}

// churn makes the garbage that is due after so many seconds of so much of the usual work.
func (r *rig) churn(seconds, work float64) {
	r.owed += r.allocPerSecond * seconds * work
	for r.owed > 0 {
		piece := smallPiece/2 + r.random.Intn(smallPiece)
		if r.random.Float64() < r.mix*smallPiece/((1-r.mix)*largePiece+r.mix*smallPiece) {
			piece = largePiece/2 + r.random.Intn(largePiece)
		}
		r.sink = make([]byte, piece)
		r.owed -= float64(piece)
	}
}

// gogcPercent is what client_golang from 1.20 on exposes as go_gc_gogc_percent.
func (r *rig) gogcPercent() float64 {
	if r.gogc < 0 {
		return math.MaxUint64
	}
	return float64(r.gogc)
}
