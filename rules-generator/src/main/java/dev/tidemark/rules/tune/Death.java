package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;

/**
 * A target that started again.
 *
 * @param labels of the target
 * @param oom whether the kernel killed it for memory; else it may have been anything
 */
record Death(SortedMap<String, String> labels, Instant at, boolean oom) {
  /** What tells targets apart. */
  private static final Set<String> IDENTITY =
      Set.of("cluster", "namespace", "pod", "container", "job", "instance", "node");

  private static final Set<String> ONE_TARGET = Set.of("pod", "instance");

  /**
   * Whether the episode warned of it: of the same target, and not over long before. An alert of a
   * whole workload warns of all its targets.
   *
   * @param near how long before or after it
   * @param foretold how long after it, too, by what the alert says
   */
  boolean isToldBy(Episode episode, Duration near, Duration foretold) {
    Duration after = foretold.compareTo(near) > 0 ? foretold : near;
    return !at.isBefore(episode.from().minus(near))
        && !at.isAfter(episode.to().plus(after))
        && isOf(episode.labels());
  }

  /** Whether both are of one target. */
  boolean isOf(SortedMap<String, String> others) {
    boolean one = others.keySet().stream().noneMatch(ONE_TARGET::contains);
    for (String label : IDENTITY) {
      String ours = labels.get(label);
      String theirs = others.get(label);
      if (ours != null && theirs != null) {
        if (!ours.equals(theirs)) {
          return false;
        }
        one |= ONE_TARGET.contains(label);
      }
    }
    return one;
  }

  String words() {
    return (oom ? "killed for memory at " : "started again at ") + at;
  }
}
