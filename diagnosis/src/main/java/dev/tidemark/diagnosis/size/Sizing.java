package dev.tidemark.diagnosis.size;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.digits;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.gomemory.GoMemory;
import dev.tidemark.diagnosis.size.SizeReport.Fit;
import dev.tidemark.diagnosis.size.SizeReport.Measured;
import dev.tidemark.diagnosis.size.SizeReport.PerGoroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a process below a limit, after Go's guide to its collector
 * (go.dev/doc/gc-guide): before a collection the heap is live + (live + stacks) × GOGC / 100.
 */
public final class Sizing {
  /** Ids of all findings. */
  static final List<String> IDS = List.of("size-no-room", "size-gomaxprocs", "size-rough-cost");

  /** Kept free of the limit for what Go does not count, beside what was measured. */
  private static final double RESERVE = 0.1;

  /** Spans and gaps beside the heap's objects. */
  private static final double OVERHEAD = 1.1;

  private static final int LEAST_GOGC = 25;
  private static final int[] SETTINGS = {100, 50, LEAST_GOGC};

  /** So many goroutines more make a difference that is not noise. */
  private static final double LEAST_DIFFERENCE = 100;

  private final SizeOptions options;
  private final double goroutines;
  private final double live;
  private final double stacks;
  private final double runtime;
  private final double outside;
  private final @Nullable PerGoroutine each;
  private final List<String> steps = new ArrayList<>();

  private Sizing(List<GoMemory> samples, SizeOptions options) {
    GoMemory now = samples.get(samples.size() - 1);
    this.options = options;
    this.goroutines = goroutines(now).orElse(Double.NaN);
    this.live = live(now).orElseThrow();
    this.stacks = now.value("go_memstats_stack_inuse_bytes").orElseThrow();
    this.runtime = runtime(now);
    OptionalDouble resident = now.value("process_resident_memory_bytes");
    OptionalDouble held = now.held();
    this.outside =
        resident.isPresent() && held.isPresent()
            ? resident.getAsDouble() - held.getAsDouble()
            : Double.NaN;
    this.each = Double.isNaN(goroutines) ? null : each(samples, goroutines, stacks);
  }

  /** What sizing needs of a sample and it does not have; empty when it has all. */
  public static List<String> missing(GoMemory sample) {
    List<String> missing = new ArrayList<>();
    if (live(sample).isEmpty()) {
      missing.add("go_gc_heap_live_bytes or go_memstats_next_gc_bytes");
    }
    if (sample.value("go_memstats_stack_inuse_bytes").isEmpty()) {
      missing.add("go_memstats_stack_inuse_bytes");
    }
    return missing;
  }

  /**
   * Sizes one target.
   *
   * @param samples of it, oldest first, none {@link #missing} anything; two with different numbers
   *     of goroutines tell what each costs
   */
  public static SizeReport size(String target, List<GoMemory> samples, SizeOptions options) {
    return new Sizing(samples, options).report(target, samples.get(samples.size() - 1));
  }

  private static OptionalDouble goroutines(GoMemory sample) {
    return sample.first("go_goroutines", "go_sched_goroutines_goroutines");
  }

  private static OptionalDouble live(GoMemory sample) {
    OptionalDouble live = sample.live();
    return live.isPresent() ? live : sample.value("go_memstats_heap_alloc_bytes");
  }

  private static double runtime(GoMemory sample) {
    double sum = 0;
    for (String part :
        List.of("mspan_inuse", "mcache_inuse", "gc_sys", "buck_hash_sys", "other_sys")) {
      sum += sample.value("go_memstats_" + part + "_bytes").orElse(0);
    }
    return sum;
  }

  private static PerGoroutine each(List<GoMemory> samples, double goroutines, double stacks) {
    GoMemory first = samples.get(0);
    // a sample without their number is none to compare with
    double more = goroutines - goroutines(first).orElse(goroutines);
    double stackBefore = first.value("go_memstats_stack_inuse_bytes").orElse(stacks);
    double slope = (stacks - stackBefore) / more;
    if (Math.abs(more) >= LEAST_DIFFERENCE && slope > 0) {
      GoMemory last = samples.get(samples.size() - 1);
      double heap = (live(last).orElse(0) - live(first).orElse(0)) / more;
      return new PerGoroutine(slope, Math.max(0, heap), Measured.SLOPE);
    }
    return new PerGoroutine(stacks / Math.max(goroutines, 1), 0, Measured.MEAN);
  }

  private SizeReport report(String target, GoMemory now) {
    double reserve = RESERVE * options.limit();
    if (outside > 0) {
      reserve = Math.max(reserve, outside + RESERVE / 2 * options.limit());
    }
    long soft = Math.max(0, (long) (options.limit() - reserve)) >> 20 << 20;
    steps.add(
        "GOMEMLIMIT = limit %s - %s for what Go does not count%s = %s"
            .formatted(
                bytes(options.limit()),
                bytes((long) reserve),
                outside > 0 ? " (measured: " + bytes((long) outside) + ")" : "",
                bytes(soft)));
    steps.add(cost());
    double room = (soft - runtime - stacks) / OVERHEAD;
    int highest = (int) Math.floor(Math.min(1e6, 100 * (room - live) / Math.max(live + stacks, 1)));
    steps.add(
        "room for the heap = (%s - runtime %s - stacks %s) / %s for spans and gaps = %s"
            .formatted(
                bytes(soft),
                bytes((long) runtime),
                bytes((long) stacks),
                digits(OVERHEAD),
                bytes((long) room)));
    steps.add(
        "highest GOGC = 100 x (%s - live %s) / (live + stacks %s) = %d"
            .formatted(
                bytes((long) room), bytes((long) live), bytes((long) (live + stacks)), highest));
    List<Fit> fits = new ArrayList<>();
    PerGoroutine cost = each;
    if (cost != null) {
      for (int gogc : SETTINGS) {
        fits.add(fit(cost, gogc, soft));
      }
    }
    int gogc = Math.max(LEAST_GOGC, Math.min(100, highest));
    boolean fitsNow = highest >= LEAST_GOGC;
    Integer procs =
        options.cpus() == null
            ? null
            : Integer.valueOf((int) Math.max(1, Math.ceil(options.cpus())));
    return new SizeReport(
        target,
        options.limit(),
        cost == null ? null : Long.valueOf((long) goroutines),
        (long) live,
        (long) stacks,
        (long) runtime,
        Double.isNaN(outside) ? null : Long.valueOf((long) outside),
        cost,
        fitsNow ? Long.valueOf(soft) : null,
        fitsNow ? Integer.valueOf(gogc) : null,
        procs,
        fitsNow,
        fits,
        findings(now, fitsNow, procs),
        steps);
  }

  private String cost() {
    PerGoroutine cost = each;
    if (cost == null) {
      return "how many goroutines fit is not told: append a line go_goroutines 2512 (how many there"
          + " were) to the file";
    }
    return "a goroutine costs %s of stack%s and %s of live heap, by %s"
        .formatted(
            bytes((long) cost.stack()),
            cost.measured() == Measured.MEAN ? " at most" : "",
            bytes((long) cost.heap()),
            cost.measured() == Measured.SLOPE
                ? "the difference of two samples"
                : "stack_inuse / goroutines of one sample");
  }

  /**
   * Goroutines n in all with runtime + n s + 1.1 (L + (L + n s) g) = GOMEMLIMIT, where s is the
   * stack of one, g is GOGC / 100, and L = live + (n − goroutines) × heap of one.
   */
  private Fit fit(PerGoroutine each, int gogc, long soft) {
    double g = gogc / 100.0;
    double others = live - goroutines * each.heap();
    double free = soft - runtime - OVERHEAD * others * (1 + g);
    // stacks that are no goroutine's stay as they are
    free -= Math.max(0, stacks - goroutines * each.stack()) * (1 + OVERHEAD * g);
    double cost = each.stack() * (1 + OVERHEAD * g) + OVERHEAD * each.heap() * (1 + g);
    long fits = cost <= 0 ? 0 : (long) Math.max(0, Math.min(1e12, free / cost));
    steps.add(
        "at GOGC=%d: (%s - runtime %s - rest of the heap %s) / %s each = %s goroutines"
            .formatted(
                gogc,
                bytes(soft),
                bytes((long) runtime),
                bytes((long) (OVERHEAD * others * (1 + g))),
                bytes((long) cost),
                count(fits)));
    return new Fit(gogc, fits);
  }

  private List<Finding> findings(GoMemory now, boolean fitsNow, @Nullable Integer procs) {
    List<Finding> findings = new ArrayList<>();
    if (!fitsNow) {
      findings.add(
          Finding.leak(
              "size-no-room",
              "with %s live and %s of stacks the collector would run nearly all the time below %s"
                  .formatted(bytes((long) live), bytes((long) stacks), bytes(options.limit()))));
    }
    OptionalDouble set = now.value("go_sched_gomaxprocs_threads");
    if (procs != null && set.isPresent() && set.getAsDouble() > 2 * Math.max(procs, 1)) {
      findings.add(
          Finding.suspect(
              "size-gomaxprocs",
              "GOMAXPROCS is %s where %s are right for the CPU limit: threads are throttled while they hold locks or stop the world"
                  .formatted(digits(set.getAsDouble()), count(procs))));
    }
    if (each != null && each.measured() == Measured.MEAN && goroutines < 1000) {
      findings.add(
          Finding.normal(
              "size-rough-cost",
              "one sample of %s goroutines: the runtime's own stacks make each look dearer than it is; a second sample under load tells"
                  .formatted(count((long) goroutines))));
    }
    return findings;
  }
}
