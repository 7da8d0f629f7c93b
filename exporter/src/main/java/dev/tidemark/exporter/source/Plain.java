package dev.tidemark.exporter.source;

import java.util.List;

/**
 * A signal that is evaluated here.
 *
 * @param ways the largest value of the first one that a target has counts
 * @param clocks the metrics, of those in the ways, whose time is that of the signal
 * @param ofTarget whether targets tell it themselves; else it counts only while its pod has a
 *     target
 */
record Plain(List<Formula> ways, List<Formula.Metric> clocks, boolean ofTarget) {
  Plain {
    ways = List.copyOf(ways);
    clocks = List.copyOf(clocks);
  }

  /** The metrics, where each way is one of the targets' own and no more; else none. */
  List<String> metrics() {
    boolean bare = clocks.stream().allMatch(clock -> clock.matchers().isEmpty());
    return ofTarget && bare && ways.equals(clocks)
        ? clocks.stream().map(Formula.Metric::name).toList()
        : List.of();
  }
}
