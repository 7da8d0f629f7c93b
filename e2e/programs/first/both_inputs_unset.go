package main

type mixer struct {
	left, right chan float64
}

func (m *mixer) mix() float64 {
	select { // leaks
	case l := <-m.left:
		return l
	case r := <-m.right:
		return r
	}
}

func main() {
	for i := 0; i < 3; i++ {
		m := &mixer{}
		go m.mix()
	}
	record()
}
