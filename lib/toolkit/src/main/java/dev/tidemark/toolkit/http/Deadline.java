package dev.tidemark.toolkit.http;

import java.time.Duration;

/** A moment in {@link System#nanoTime} by which a call is over. */
record Deadline(long nanos, Duration timeout) {
  static Deadline in(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos(), timeout);
  }

  boolean passed() {
    return leftNanos() <= 0;
  }

  /** Never less than a millisecond: a zero timeout means none to the JDK. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, leftNanos()));
  }

  long leftNanos() {
    return nanos - System.nanoTime();
  }
}
