package dev.tidemark.toolkit.prometheus;

import java.time.Duration;

/**
 * What queries may cost.
 *
 * @param timeout of one query as a whole; the server is told to give up by then, too
 * @param maxResponseBytes of one answer, decompressed
 * @param maxConcurrent queries at a time; more wait
 * @param attempts at most, for answers that did not begin
 */
public record ClientLimits(
    Duration timeout, long maxResponseBytes, int maxConcurrent, int attempts) {
  /** 30 s, 256 MiB (streamed, never held), four at a time, three attempts. */
  public static ClientLimits defaults() {
    return new ClientLimits(Duration.ofSeconds(30), 256L << 20, 4, 3);
  }

  public ClientLimits withTimeout(Duration other) {
    return new ClientLimits(other, maxResponseBytes, maxConcurrent, attempts);
  }

  public ClientLimits withMaxResponseBytes(long other) {
    return new ClientLimits(timeout, other, maxConcurrent, attempts);
  }
}
