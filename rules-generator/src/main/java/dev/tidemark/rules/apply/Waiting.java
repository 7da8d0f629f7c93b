package dev.tidemark.rules.apply;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * How long servers are waited for.
 *
 * @param given for all that they do; empty for what each usually takes
 */
public record Waiting(Optional<Duration> given) {
  /** Nobody may have it wait longer, and no server's interval does. */
  public static final Duration LONGEST = Duration.ofHours(1);

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

  /** For groups of this interval; at most {@link #LONGEST}. */
  static Duration enough(Duration interval) {
    return isEnough(interval) ? interval.plus(USUAL) : LONGEST;
  }

  /** Whether waiting as long as one may is surely enough. */
  static boolean isEnough(Duration interval) {
    return interval.compareTo(LONGEST.minus(USUAL)) <= 0;
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

  /** What a server is asked again and again. */
  @FunctionalInterface
  interface Look<T> {
    T look() throws ApplyException;
  }

  /**
   * The first answer that is enough, or the last one that there was time for. One that does not
   * answer is asked again too: it may be starting.
   *
   * @throws ApplyException where it refuses, or did not answer when the time was up
   */
  static <T> T until(Pause pause, Look<T> look, Predicate<T> enough) throws ApplyException {
    while (true) {
      try {
        T found = look.look();
        if (enough.test(found) || !pause.again()) {
          return found;
        }
      } catch (ApplyException e) {
        if (e.reason() != ApplyException.Reason.NO_ANSWER || !pause.again()) {
          throw e;
        }
      }
    }
  }
}
