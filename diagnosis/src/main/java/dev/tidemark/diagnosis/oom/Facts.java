package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.gomemory.GoMemory;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** All that is known, for the patterns to look at. */
record Facts(
    List<Kill> kills,
    List<Moment> moments,
    @Nullable GoDeath death,
    @Nullable Cgroup cgroup,
    @Nullable Smaps smaps,
    List<GoMemory> samples,
    List<StackEvidence> stacks,
    OomReport.Accounting accounting) {

  /** A fast leak fills a container in less; a slow one not in an hour. */
  private static final double OLD = 300;

  /** The last kill, which is what the newest evidence belongs to; null when there is none. */
  @Nullable Kill kill() {
    return kills.isEmpty() ? null : kills.get(kills.size() - 1);
  }

  GoMemory go() {
    return samples.isEmpty() ? GoMemory.unknown() : samples.get(samples.size() - 1);
  }

  /** A value as a part of the limit, else of what was counted; 0 when one is not known. */
  double share(@Nullable Long bytes) {
    Long whole = accounting.limit() == null ? accounting.counted() : accounting.limit();
    return bytes == null || whole == null || whole <= 0 ? 0 : (double) bytes / whole;
  }

  /** Seconds from the start of the process to the last kill; NaN when it is not known. */
  double age() {
    OptionalDouble start = go().value("process_start_time_seconds");
    Instant at = moments.isEmpty() ? null : moments.get(moments.size() - 1).at();
    return start.isEmpty() || at == null
        ? Double.NaN
        : at.toEpochMilli() / 1000.0 - start.getAsDouble();
  }

  /** Seconds by which Go's figures are older than the last kill, at least; NaN if not known. */
  double goAge() {
    Double age = accounting.goAge();
    return age == null ? Double.NaN : age;
  }

  /** Whether Go's figures are too old to tell what it held in the end. */
  boolean isOld() {
    return goAge() >= OLD;
  }

  /** How much the live heap grew from the first sample to the last; NaN with fewer than two. */
  double liveGrowth() {
    if (samples.size() < 2) {
      return Double.NaN;
    }
    OptionalDouble first = live(samples.get(0));
    OptionalDouble last = live(go());
    return first.isPresent() && last.isPresent() && first.getAsDouble() > 0
        ? last.getAsDouble() / first.getAsDouble()
        : Double.NaN;
  }

  static OptionalDouble live(GoMemory memory) {
    OptionalDouble live = memory.live();
    return live.isPresent() ? live : memory.value("go_memstats_heap_alloc_bytes");
  }
}
