package dev.tidemark.exporter.source;

import java.time.Duration;

/** How long to leave a server alone that failed. */
final class Backoff {
  /** Doubled up to here, so that a source that comes back is found soon. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration FIRST = Duration.ofSeconds(1);

  private Backoff() {}

  /**
   * @param failures in a row, at least 1
   */
  static Duration after(int failures) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failures - 1, 5));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
