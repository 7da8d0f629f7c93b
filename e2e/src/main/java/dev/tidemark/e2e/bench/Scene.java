package dev.tidemark.e2e.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param learnt series whose history is learnt from Prometheus
 * @param history how much of the past is learnt
 * @param copies how many times as many series are judged then
 * @param warmUp evaluations before, for what runs for months has been compiled long since
 * @param passes evaluations that are watched
 * @param patience how long learning may take
 */
record Scene(int learnt, Duration history, int copies, int warmUp, int passes, Duration patience) {
  static final Scene FULL =
      new Scene(10_000, Duration.ofDays(7), 10, 10, 4, Duration.ofMinutes(14));
  static final Scene QUICK = new Scene(1_000, Duration.ofDays(1), 10, 2, 2, Duration.ofMinutes(4));

  /** Series that are judged at work. */
  int atWork() {
    return learnt * copies;
  }
}
