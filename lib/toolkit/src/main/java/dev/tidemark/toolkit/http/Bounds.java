package dev.tidemark.toolkit.http;

import java.time.Duration;

/**
 * What one call may cost.
 *
 * @param maxBytes of the reply's body, counted as sent and again as decompressed
 * @param timeout of the whole call: every attempt, connecting, waiting and reading the last byte
 */
public record Bounds(long maxBytes, Duration timeout) {
  /** 1 MiB within 10 s. */
  public static final Bounds SMALL = new Bounds(1 << 20, Duration.ofSeconds(10));

  public Bounds {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes must not be negative: " + maxBytes);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}
