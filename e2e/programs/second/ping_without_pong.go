package main

func player(in <-chan int, out chan<- int, rounds int) {
	for i := 0; i < rounds; i++ {
		out <- <-in + 1 // leaks
	}
}

func main() {
	there, back := make(chan int), make(chan int)
	go player(there, back, 10)
	go player(back, there, 5)
	there <- 0
	record()
}
