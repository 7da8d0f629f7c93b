package dev.tidemark.diagnosis.gctrace;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.digits;
import static dev.tidemark.diagnosis.finding.Quantity.percent;

import java.util.ArrayList;
import java.util.List;

/** Recommends GOGC and GOMEMLIMIT for a memory limit, and shows the arithmetic. */
final class GcAdvice {
  /**
   * GOMEMLIMIT as a part of the limit; the rest is for what Go does not count (gc-guide: 5-10 %).
   */
  static final double OF_LIMIT = 0.9;

  /** What spans, fragmentation and the collector's own structures take beside the heap. */
  static final double OVERHEAD = 1.1;

  /** Of the runtime before the program allocates anything, MiB. */
  static final double FIXED = 4;

  /** A collector that takes less than this part of the CPU is not worth more memory. */
  static final double CHEAP = 0.02;

  /** Below this GOGC the collector runs nearly all the time: the limit is too small. */
  static final int LEAST_GOGC = 25;

  /** What Go does by itself; a lower one is worth its CPU only where this does not fit. */
  static final int USUAL_GOGC = 100;

  /** What a larger limit is reckoned for. */
  private static final int ENOUGH_GOGC = 50;

  private static final double MIB = 1 << 20;

  private GcAdvice() {}

  /** MiB for the heap below a limit in bytes. */
  static double room(GcCosts costs, long limit) {
    return (gomemlimit(limit) / MIB - costs.roots() - FIXED) / OVERHEAD;
  }

  private static long gomemlimit(long limit) {
    return (long) (limit / MIB * OF_LIMIT) << 20;
  }

  static GcReport.Advice advise(GcCosts costs, long limit) {
    double room = room(costs, limit);
    int highest = costs.highest(room);
    int gogc =
        costs.table(room).stream()
            .filter(cost -> cost.gogc() >= USUAL_GOGC)
            .filter(cost -> Boolean.TRUE.equals(cost.fits()) && cost.cpuShare() <= CHEAP)
            .mapToInt(GcReport.Cost::gogc)
            .findFirst()
            .orElse(Math.max(highest, LEAST_GOGC));
    boolean fits = highest >= LEAST_GOGC;
    GcReport.Cost cost = costs.of(gogc, room);
    List<String> steps = new ArrayList<>();
    steps.add(costs.grounds());
    steps.add(
        "GOMEMLIMIT = %s of the limit %s = %s; the rest is for what Go does not count"
            .formatted(percent(OF_LIMIT), bytes(limit), bytes(gomemlimit(limit))));
    steps.add(
        "room for the heap = (%s - stacks and globals %s - runtime %s) / %s for spans and gaps = %s"
            .formatted(
                bytes(gomemlimit(limit)),
                bytes((long) (costs.roots() * MIB)),
                bytes((long) (FIXED * MIB)),
                digits(OVERHEAD),
                bytes((long) (room * MIB))));
    steps.add(
        "highest GOGC = 100 x (%s - live %s) / (live + stacks and globals %s) = %d"
            .formatted(
                bytes((long) (room * MIB)),
                bytes((long) (costs.live() * MIB)),
                bytes((long) ((costs.live() + costs.roots()) * MIB)),
                highest));
    steps.add(
        "at GOGC=%d the goal is %s: %s allocated a second / %s above live = %s collections a second"
            .formatted(
                gogc,
                bytes(cost.peakHeap()),
                bytes((long) (costs.rate() * MIB)),
                bytes((long) (cost.peakHeap() - costs.live() * MIB)),
                digits(cost.cyclesPerSecond())));
    steps.add(
        "x %s ms CPU each / %d processors = %s of all CPU"
            .formatted(digits(costs.cpuMillis()), costs.processors(), percent(cost.cpuShare())));
    if (!fits) {
      double goal = costs.of(ENOUGH_GOGC, null).peakHeap() / MIB;
      double needed = (goal * OVERHEAD + costs.roots() + FIXED) / OF_LIMIT;
      steps.add(
          "below GOGC=%d the collector would run nearly all the time: give it %s, or keep less"
              .formatted(LEAST_GOGC, bytes((long) (needed * MIB))));
      steps.add(
          "%s = (goal %s at GOGC=%d x %s for spans and gaps + stacks and globals %s + runtime %s) / %s"
              .formatted(
                  bytes((long) (needed * MIB)),
                  bytes((long) (goal * MIB)),
                  ENOUGH_GOGC,
                  digits(OVERHEAD),
                  bytes((long) (costs.roots() * MIB)),
                  bytes((long) (FIXED * MIB)),
                  percent(OF_LIMIT)));
    }
    return new GcReport.Advice(
        fits ? Integer.valueOf(gogc) : null,
        fits ? Long.valueOf(gomemlimit(limit)) : null,
        fits,
        cost,
        steps);
  }
}
