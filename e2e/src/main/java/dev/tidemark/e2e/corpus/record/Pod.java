package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.corpus.data.Leak;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod before it is run.
 *
 * @param runs its processes, one after another, in hours of the corpus
 * @param flags of each of its processes
 * @param leak with times in hours, null where it is healthy
 */
record Pod(String name, String workload, List<Run> runs, List<String> flags, @Nullable Leak leak) {
  /**
   * A process's life.
   *
   * @param until infinite where the recording ends it
   */
  record Run(double from, double until) {}

  Pod {
    runs = List.copyOf(runs);
    flags = List.copyOf(flags);
  }

  /** Whether there are hours in which it is not to be scraped. */
  boolean isHiddenAtTimes() {
    return flags.stream().anyMatch(flag -> flag.startsWith("-gaps="));
  }

  static List<Run> forEver() {
    return List.of(new Run(0, Double.POSITIVE_INFINITY));
  }
}
