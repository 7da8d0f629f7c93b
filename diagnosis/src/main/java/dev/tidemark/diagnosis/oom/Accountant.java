package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.gomemory.GoMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Sets what the kernel counted against what Go knew. */
final class Accountant {
  /** The runtime collects at the latest after this time (forcegcperiod in runtime/proc.go). */
  private static final double GC_PERIOD = 120;

  private Accountant() {}

  static OomReport.Accounting account(
      List<Kill> kills,
      List<Moment> moments,
      @Nullable Cgroup cgroup,
      @Nullable Smaps smaps,
      GoMemory go) {
    Kill kill = kills.isEmpty() ? null : kills.get(kills.size() - 1);
    Map<String, Long> stat =
        kill != null && !kill.counted().isEmpty()
            ? kill.counted()
            : cgroup == null ? Map.of() : cgroup.stat();
    Long limit =
        kill != null && kill.limit() != null
            ? kill.limit()
            : cgroup == null ? null : cgroup.limit();
    Long counted = null;
    String from = null;
    OptionalDouble rss = go.value("process_resident_memory_bytes");
    if (kill != null) {
      counted = kill.resident();
      from = "the victim's resident memory in the kernel log";
    } else if (smaps != null) {
      counted = smaps.rss();
      from = "smaps";
    } else if (rss.isPresent()) {
      counted = (long) rss.getAsDouble();
      from = "process_resident_memory_bytes";
    } else if (cgroup != null && cgroup.usage() != null) {
      counted = cgroup.usage();
      from = "the cgroup's usage";
    }
    Long held = whole(go.held());
    Long inuse = whole(go.value("go_memstats_heap_inuse_bytes"));
    Long alloc = whole(go.value("go_memstats_heap_alloc_bytes"));
    Long idle = whole(go.value("go_memstats_heap_idle_bytes"));
    long released = (long) go.value("go_memstats_heap_released_bytes").orElse(0);
    return new OomReport.Accounting(
        limit,
        counted,
        from,
        first(stat, kill == null ? null : kill.anon(), "total_rss", "rss", "anon"),
        first(stat, kill == null ? null : kill.file(), "total_cache", "cache", "file"),
        first(stat, kill == null ? null : kill.shmem(), "total_shmem", "shmem"),
        kernel(stat),
        held,
        held == null || counted == null ? null : Long.valueOf(counted - held),
        whole(Facts.live(go)),
        inuse,
        idle == null ? null : Long.valueOf(Math.max(0, idle - released)),
        inuse == null || alloc == null ? null : Long.valueOf(Math.max(0, inuse - alloc)),
        whole(go.value("go_memstats_stack_inuse_bytes")),
        whole(go.first("go_goroutines", "go_sched_goroutines_goroutines")),
        whole(go.gomemlimit()),
        whole(go.value("go_memstats_next_gc_bytes")),
        age(moments, go));
  }

  /** Go's figures were taken within two minutes of the collection that they name. */
  private static @Nullable Double age(List<Moment> moments, GoMemory go) {
    Moment kill = moments.isEmpty() ? null : moments.get(moments.size() - 1);
    Instant at = kill == null ? null : kill.at();
    OptionalDouble last = go.value("go_memstats_last_gc_time_seconds");
    if (kill == null || at == null || last.isEmpty() || last.getAsDouble() < 1e9) {
      return null;
    }
    double age = at.toEpochMilli() / 1000.0 - kill.uncertainty() - last.getAsDouble() - GC_PERIOD;
    return age > 0 ? Double.valueOf(age) : null;
  }

  private static @Nullable Long whole(OptionalDouble value) {
    return value.isPresent() ? Long.valueOf((long) value.getAsDouble()) : null;
  }

  /** The first name that a memory.stat has, else another source. */
  private static @Nullable Long first(
      Map<String, Long> stat, @Nullable Long otherwise, String... names) {
    for (String name : names) {
      if (stat.containsKey(name)) {
        return stat.get(name);
      }
    }
    return otherwise;
  }

  /** Page tables, stacks, sockets, slabs: what the kernel itself took for the cgroup (v2). */
  private static @Nullable Long kernel(Map<String, Long> stat) {
    if (stat.containsKey("kernel")) {
      return stat.get("kernel") + stat.getOrDefault("sock", 0L);
    }
    if (!stat.containsKey("kernel_stack") && !stat.containsKey("slab")) {
      return null;
    }
    long sum = 0;
    for (String part : List.of("kernel_stack", "pagetables", "percpu", "sock", "slab", "vmalloc")) {
      sum += stat.getOrDefault(part, 0L);
    }
    return sum;
  }
}
