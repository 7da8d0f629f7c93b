package dev.tidemark.exporter.replay;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the grid of recorded samples: the smallest distance that is common between them. */
final class Spacing {
  /** Distances looked at; more would not change the answer. */
  private static final int ENOUGH = 200;

  private static final int MOST_SERIES = 100_000;

  /** What jitters by less is one distance. */
  private static final double ALIKE = 1.25;

  /** A distance is common when at least every so manieth is like it. */
  private static final int COMMON = 4;

  private static final long LONGEST = Duration.ofDays(1000).toMillis();

  private final Map<Integer, Long> last = new HashMap<>();
  private final long[] distances = new long[ENOUGH];
  private int count;

  boolean isEnough() {
    return count == ENOUGH;
  }

  /** Takes a sample of a series, told by its text's hash: a clash costs a wrong distance or two. */
  void add(Row row) {
    long time = Timestamps.parse(row.text, row.timeFrom, row.timeTo);
    if (time == Timestamps.NONE || isEnough()) {
      return;
    }
    int series = ByteKey.hash(row.text, row.seriesFrom, row.seriesTo);
    Long before = last.get(series);
    if (before != null || last.size() < MOST_SERIES) {
      last.put(series, time);
    }
    if (before != null && time > before && time - before <= LONGEST) {
      distances[count++] = time - before;
    }
  }

  /** Empty where no series has two samples. */
  Optional<Duration> smallestCommon() {
    long[] sorted = Arrays.copyOf(distances, count);
    Arrays.sort(sorted);
    int end = 0;
    for (int i = 0; i < count; i++) {
      while (end < count && sorted[end] <= sorted[i] * ALIKE) {
        end++;
      }
      if ((end - i) * COMMON >= count) {
        return Optional.of(rounded(sorted[i + (end - i) / 2]));
      }
    }
    return Optional.empty();
  }

  private static Duration rounded(long millis) {
    return Duration.ofMillis(millis < 1000 ? millis : (millis + 500) / 1000 * 1000);
  }
}
