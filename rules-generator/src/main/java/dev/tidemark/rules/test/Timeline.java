package dev.tidemark.rules.test;

import java.time.Duration;

/**
 * When the three times of a scenario begin and when to look, all in steps of one length. Between an
 * expected change and a look lie two steps, since Prometheus 2 and 3 differ by one at the edges.
 *
 * @param stepMillis the length of a step, which is the interval of samples and of evaluation
 * @param during how many steps the bad time lasts; the calm before lasts {@link #BEFORE}
 * @param after how many steps the calm after it lasts
 */
record Timeline(
    long stepMillis, int during, int after, long waitMillis, long keepMillis, long settlingMillis) {
  static final int BEFORE = 4;
  private static final int SLACK = 2;

  /** A bound on the steps of one scenario, so that long waits make no slow tests. */
  private static final int MOST_STEPS = 200;

  /** The length of a step for a whole file: the group's interval, or a multiple of it. */
  static Duration step(Duration groupInterval, Duration longest) {
    long interval = groupInterval.toMillis();
    long most = interval * MOST_STEPS;
    long times = Math.max(1, (longest.toMillis() + most - 1) / most);
    return Duration.ofMillis(interval * times);
  }

  /**
   * @param wait from the begin of the bad time until the alert fires
   * @param keep from its end until the alert ends
   * @param settling how much later either may be
   */
  static Timeline of(Duration step, Duration wait, Duration keep, Duration settling) {
    long millis = step.toMillis();
    return new Timeline(
        millis,
        steps(wait.plus(settling), millis) + 2 * SLACK,
        steps(keep.plus(settling), millis) + 2 * SLACK,
        wait.toMillis(),
        keep.toMillis(),
        settling.toMillis());
  }

  long begin() {
    return BEFORE * stepMillis;
  }

  long end() {
    return begin() + during * stepMillis;
  }

  /** When the alert still waits, or -1 where there is no time to look. */
  long pendingAt() {
    return waitMillis > SLACK * stepMillis ? begin() + waitMillis - SLACK * stepMillis : -1;
  }

  long firingAt() {
    return begin() + waitMillis + settlingMillis + SLACK * stepMillis;
  }

  /** When it still fires although all is calm, or -1 where there is no time to look. */
  long keptAt() {
    return keepMillis > SLACK * stepMillis ? end() + keepMillis - SLACK * stepMillis : -1;
  }

  long endedAt() {
    return end() + keepMillis + settlingMillis + SLACK * stepMillis;
  }

  private static int steps(Duration duration, long stepMillis) {
    return (int) ((duration.toMillis() + stepMillis - 1) / stepMillis);
  }
}
