package dev.tidemark.diagnosis.gctrace;

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

  private GcCosts(double live, double roots, double rate, double cpuMillis, long processors) {
    this.live = live;
    this.roots = roots;
    this.rate = rate;
    this.cpuMillis = cpuMillis;
    this.processors = processors;
  }

  /** Null when the log does not tell how much is allocated or what a collection costs. */
  static @Nullable GcCosts of(Run run) {
    double rate = run.allocationRate();
    Spread costs = run.costs.count() > 0 ? run.costs : run.forcedCosts;
    if (Double.isNaN(rate) || costs.count() == 0) {
      return null;
    }
    // what is scanned is what is paid for: a live heap twice as large takes twice the CPU
    double mean = run.scanned.count() > 0 ? run.scanned.mean() : 0;
    double scale = mean >= 1 ? Math.max(1, (run.peakLive + run.roots()) / mean) : 1;
    return new GcCosts(
        run.peakLive, run.roots(), rate, costs.mean() * scale, Math.max(1, run.processors));
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
