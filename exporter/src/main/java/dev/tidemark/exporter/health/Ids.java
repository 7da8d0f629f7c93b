package dev.tidemark.exporter.health;

import java.util.List;

/** The signals and facts that the rules read, by their ids in the catalogue and in facts.yaml. */
public final class Ids {
  static final String GOROUTINES = "goroutines";
  static final String HEAP_LIVE = "heap_live";
  static final String HEAP_INUSE = "heap_inuse";
  static final String HEAP_IDLE = "heap_idle";
  static final String STACK_INUSE = "stack_inuse";
  static final String STACK_PER_GOROUTINE = "stack_per_goroutine";
  static final String OVERHEAD = "runtime_overhead";
  static final String WORKING_SET = "working_set";
  static final String RSS = "rss";
  static final String GC_RATE = "gc_rate";
  static final String GC_CPU = "gc_cpu_fraction";
  static final String GC_PAUSE = "gc_pause_p99";
  static final String THROTTLED = "cpu_throttled_ratio";
  static final String SIDECAR_SHARE = "sidecar_cpu_share";
  static final String SCHED_LATENCY = "sched_latency_p99";
  static final String STARTUP_PEAK = "startup_peak";

  static final String MEMORY_LIMIT = "memory_limit";
  static final String GOMEMLIMIT = "gomemlimit";
  static final String GOMAXPROCS = "gomaxprocs";
  static final String CPU_LIMIT = "cpu_limit";
  static final String GO_HELD = "go_held";
  static final String HEAP_SYS = "heap_sys";
  static final String HEAP_RELEASED = "heap_released";
  static final String HEAP_ALLOC = "heap_alloc";
  static final String GC_CYCLES = "gc_cycles";
  static final String GC_GOAL = "gc_goal";
  static final String HEAP_SOURCE = "heap_live_source";
  static final String ANON = "container_anon";
  static final String CACHE = "container_cache";
  static final String MAPPED = "container_mapped";
  static final String USAGE = "container_usage";
  static final String KERNEL = "container_kernel";
  static final String PAUSE_MEDIAN = "gc_pause_median";
  static final String PAUSE_LONGEST = "gc_pause_longest";
  static final String NODE_UNWELL = "node_unwell";
  static final String NODE_FREE = "node_free";
  static final String NODE_CARRIES = "node_carries";
  static final String NODE_KUBELET = "node_kubelet";

  static final String RESTARTS = "container_restarts";
  static final String LAST_EXIT = "last_exit";
  static final String LAST_EXIT_TIME = "last_exit_time";
  static final String OOM_EVENTS = "oom_events";

  /** Signals that are looked up where they are not judged. */
  public static final List<String> SIGNALS =
      List.of(
          GOROUTINES,
          HEAP_LIVE,
          HEAP_INUSE,
          HEAP_IDLE,
          STACK_INUSE,
          OVERHEAD,
          WORKING_SET,
          RSS,
          GC_RATE,
          GC_CPU,
          GC_PAUSE,
          THROTTLED,
          SIDECAR_SHARE,
          SCHED_LATENCY,
          STARTUP_PEAK);

  /** Facts that count; they are asked for the whole history, every tenth slot. */
  public static final List<String> COUNTS =
      List.of(RESTARTS, LAST_EXIT, LAST_EXIT_TIME, OOM_EVENTS, GC_CYCLES);

  private Ids() {}
}
