// Gcload keeps a live heap of pointers, allocates garbage at a rate, and says at its end what it took.
// Run with GODEBUG=gctrace=1 its standard error is a log for tests of what reads such logs.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

type node struct {
	next *node
	data [56]byte
}

var (
	roots []*node
	sink  *node
)

func chain(bytes int) *node {
	var first *node
	for i := 0; i < bytes; i += 64 {
		first = &node{next: first}
	}
	return first
}

func main() {
	live := flag.Int("live", 20, "MiB to keep")
	grow := flag.Int("grow", 0, "MiB to keep more, a second")
	rate := flag.Int("rate", 100, "MiB to allocate and drop, a second")
	forced := flag.Duration("forced", 0, "how often to force a collection")
	goroutines := flag.Int("goroutines", 0, "goroutines to leave waiting")
	metrics := flag.String("metrics", "", "where to write its figures as metrics at the end")
	last := flag.Duration("for", 2*time.Second, "how long to run")
	flag.Parse()

	wait := make(chan struct{})
	for i := 0; i < *goroutines; i++ {
		go func() { deep(20, wait) }()
	}
	for i := 0; i < *live; i++ {
		roots = append(roots, chain(1<<20))
	}
	start := time.Now()
	lastForced := start
	dropped, kept := 0, 0
	for time.Since(start) < *last {
		elapsed := time.Since(start).Seconds()
		for float64(dropped) < elapsed*float64(*rate)*16 {
			sink = chain(1 << 16)
			dropped++
		}
		for float64(kept) < elapsed*float64(*grow)*16 {
			roots = append(roots, chain(1<<16))
			kept++
		}
		if *forced > 0 && time.Since(lastForced) > *forced {
			lastForced = time.Now()
			runtime.GC()
		}
		time.Sleep(time.Millisecond)
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		if strings.HasPrefix(line, "VmHWM") || strings.HasPrefix(line, "VmRSS") {
			fmt.Println(strings.Join(strings.Fields(line), " "))
		}
	}
	fmt.Println("goVersion", runtime.Version(), "numGC", stats.NumGC, "stackInuse", stats.StackInuse,
		"sys", stats.Sys, "totalAlloc", stats.TotalAlloc, "gcCPU", stats.GCCPUFraction)
	if *metrics != "" {
		write(*metrics, &stats)
	}
	runtime.KeepAlive(roots)
}

// The names are those of client_golang; the live heap is what is reachable now.
func write(file string, stats *runtime.MemStats) {
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	text := fmt.Sprintf("go_goroutines %d\ngo_gc_heap_live_bytes %d\n", runtime.NumGoroutine(), now.HeapAlloc)
	for name, value := range map[string]uint64{
		"stack_inuse": stats.StackInuse, "sys": stats.Sys, "heap_released": stats.HeapReleased,
		"heap_inuse": stats.HeapInuse, "mspan_inuse": stats.MSpanInuse, "mcache_inuse": stats.MCacheInuse,
		"gc_sys": stats.GCSys, "buck_hash_sys": stats.BuckHashSys, "other_sys": stats.OtherSys,
	} {
		text += fmt.Sprintf("go_memstats_%s_bytes %d\n", name, value)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		panic(err)
	}
}

//go:noinline
func deep(n int, wait chan struct{}) int {
	var room [40]int
	if n == 0 {
		<-wait
		return 0
	}
	room[n] = deep(n-1, wait)
	return room[n] + 1
}
