package dev.tidemark.toolkit.http;

import java.time.Duration;

/**
 * How one destination is guarded.
 *
 * @param maxConcurrent calls at a time; more wait
 * @param maxWait for a place; then the call fails as busy
 * @param connectTimeout of one attempt
 * @param retry of calls that may be repeated
 * @param breaker that leaves a failing destination alone
 */
public record OutgoingLimits(
    int maxConcurrent, Duration maxWait, Duration connectTimeout, Retries retry, Breaker breaker) {

  /**
   * @param attempts at most, the first one counted
   * @param firstPause before the second; each further one doubles, with a random part
   */
  public record Retries(int attempts, Duration firstPause) {}

  /**
   * @param calls of the past that are looked at
   * @param minimumCalls before it may open
   * @param failurePercent of them that open it
   * @param openFor then calls fail at once for so long, until a few trial calls decide
   */
  public record Breaker(int calls, int minimumCalls, int failurePercent, Duration openFor) {}

  /** Eight calls at a time, three attempts, open for 15 s after half of the last 20 failed. */
  public static OutgoingLimits defaults() {
    return new OutgoingLimits(
        8,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        new Retries(3, Duration.ofMillis(200)),
        new Breaker(20, 10, 50, Duration.ofSeconds(15)));
  }

  public OutgoingLimits withConcurrency(int calls) {
    return new OutgoingLimits(calls, maxWait, connectTimeout, retry, breaker);
  }

  public OutgoingLimits withRetries(Retries retries) {
    return new OutgoingLimits(maxConcurrent, maxWait, connectTimeout, retries, breaker);
  }

  public OutgoingLimits withBreaker(Breaker other) {
    return new OutgoingLimits(maxConcurrent, maxWait, connectTimeout, retry, other);
  }

  public OutgoingLimits withConnectTimeout(Duration timeout) {
    return new OutgoingLimits(maxConcurrent, maxWait, timeout, retry, breaker);
  }
}
