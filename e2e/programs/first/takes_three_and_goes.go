package main

func numbers() <-chan int {
	out := make(chan int)
	go func() {
		for i := 0; ; i++ {
			out <- i // leaks
		}
	}()
	return out
}

func squares(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			out <- n * n // leaks
		}
	}()
	return out
}

func main() {
	s := squares(numbers())
	for i := 0; i < 3; i++ {
		<-s
	}
	record()
}
