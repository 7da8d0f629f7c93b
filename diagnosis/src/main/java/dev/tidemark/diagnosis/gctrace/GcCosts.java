package dev.tidemark.diagnosis.gctrace;

import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What settings of GOGC would cost a process, by the arithmetic of Go's guide to its collector
 * (go.dev/doc/gc-guide): goal = live + (live + roots) × GOGC / 100, and a collection each time that
 * what lies between live heap and goal has been allocated. Sizes in MiB.
 */
final class GcCosts {
  private static final int[] SETTINGS = {25, 50, 100, 200, 400, 800};

  /** No goal is lower than this at GOGC=100 (heapMinimum in runtime/mgcpacer.go). */
  private static final double LEAST_GOAL = 4;

  private final double live;
  private final double roots;
  private final double rate;
  private final double cpuMillis;
  private final long processors;
  private final String grounds;

  private GcCosts(Run run, double rate, double cpuMillis) {
    this.live = run.peakLive;
    this.roots = run.roots();
    this.rate = rate;
    this.cpuMillis = cpuMillis;
    this.processors = Math.max(1, run.processors);
    this.grounds =
        "by %s collections%s in %s of this log"
            .formatted(
                count(run.cycles),
                run.forced > 0 ? " (" + count(run.forced) + " forced)" : "",
                seconds(run.seconds()));
  }

  /** What the figures rest on. */
  String grounds() {
    return grounds;
  }

  /** So many collections that nobody forced tell what one costs. */
  static final int LEAST_CYCLES = 8;

  /** What the log lacks to tell costs; null when it lacks nothing. */
  static @Nullable String lacking(Run run) {
    long free = run.cycles - run.forced;
    if (Double.isNaN(run.seconds())) {
      return "the lines of this Go version tell no times";
    }
    if (run.cycles == run.forced) {
      return "all %s collections were forced (runtime.GC, debug.FreeOSMemory): none shows when the collector would run by itself"
          .formatted(count(run.cycles));
    }
    if (free < LEAST_CYCLES || Double.isNaN(run.allocationRate())) {
      return "%s collections that nobody forced in %s are too few: needs %d over %s or more, under the usual load"
          .formatted(count(free), seconds(run.seconds()), LEAST_CYCLES, seconds(Run.LEAST_SECONDS));
    }
    return run.peakLive < 1
        ? "the live heap stayed below 1 MiB, which is all that the lines tell"
        : null;
  }

  /** Null when the log does not tell how much is allocated or what a collection costs. */
  static @Nullable GcCosts of(Run run) {
    if (lacking(run) != null) {
      return null;
    }
    double rate = run.allocationRate();
    Spread costs = run.costs;
    // what is scanned is what is paid for: a live heap twice as large takes twice the CPU
    double mean = run.scanned.count() > 0 ? run.scanned.mean() : 0;
    double scale = mean >= 1 ? Math.max(1, (run.peakLive + run.roots()) / mean) : 1;
    return new GcCosts(run, rate, costs.mean() * scale);
  }

  /**
   * What one setting costs.
   *
   * @param room for the heap, MiB; null when there is no limit
   */
  GcReport.Cost of(int gogc, @Nullable Double room) {
    double goal = Math.max(live + (live + roots) * gogc / 100, LEAST_GOAL * gogc / 100);
    double cycles = rate / Math.max(goal - live, 0.5);
    double share = Math.min(1, cycles * cpuMillis / 1000 / processors);
    Boolean fits = room == null ? null : goal <= room;
    return new GcReport.Cost(gogc, (long) (goal * (1 << 20)), cycles, share, fits);
  }

  List<GcReport.Cost> table(@Nullable Double room) {
    List<GcReport.Cost> table = new ArrayList<>();
    for (int gogc : SETTINGS) {
      table.add(of(gogc, room));
    }
    return table;
  }

  /** The highest GOGC whose goal is within a room of so many MiB; may be negative. */
  int highest(double room) {
    double percent = 100 * (room - live) / Math.max(live + roots, 1);
    return (int) Math.min(Math.floor(percent), SETTINGS[SETTINGS.length - 1]);
  }

  double live() {
    return live;
  }

  double roots() {
    return roots;
  }

  double rate() {
    return rate;
  }

  double cpuMillis() {
    return cpuMillis;
  }

  long processors() {
    return processors;
  }
}
