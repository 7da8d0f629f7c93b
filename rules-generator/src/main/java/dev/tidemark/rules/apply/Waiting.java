package dev.tidemark.rules.apply;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * How long servers are waited for.
 *
 * @param given for all that they do; empty for what each usually takes
 */
public record Waiting(Optional<Duration> given) {
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** To show what was written. */
  Pause toShow() {
    return pause(given.orElse(USUAL));
  }

  /**
   * To evaluate groups once: a new one is evaluated within its interval.
   *
   * @param interval the longest of them
   */
  Duration toEvaluate(Duration interval) {
    return given.orElse(enough(interval));
  }

  static Duration enough(Duration interval) {
    return interval.plus(USUAL);
  }

  static Pause pause(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    return () -> {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      return true;
    };
  }
}
