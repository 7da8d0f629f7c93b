package dev.tidemark.exporter.fleet;

import java.util.Map;
import java.util.TreeMap;

/** A workload's series in a chunk; one thread at a time judges them. */
final class Company {
  private final WorkloadState workload;
  private final Map<Integer, Cohort> bySignal = new TreeMap<>();
  private int size;
  private int ignored;

  Company(WorkloadState workload) {
    this.workload = workload;
  }

  void join(Lane lane, TargetState target, SeriesState series, Fleet fleet) {
    bySignal
        .computeIfAbsent(
            lane.signal, s -> new Cohort(workload, series.signal.id(), fleet.watches.get(s)))
        .join(lane, target, series);
    size++;
  }

  /** How many series there are. */
  int size() {
    return size;
  }

  /**
   * Signals of a target do not matter to one another, so one is judged through the span before the
   * next: so much fits a cache.
   */
  void judge(Span span, Fleet fleet) {
    for (Cohort cohort : bySignal.values()) {
      ignored += cohort.judge(span, fleet.limits, fleet.shape.judge());
    }
  }

  /** Samples that were ignored since this was asked last. */
  int takeIgnored() {
    int taken = ignored;
    ignored = 0;
    return taken;
  }
}
