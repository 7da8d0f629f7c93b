package dev.tidemark.rules.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A part of the past and how often rules are evaluated in it.
 *
 * @param from a multiple of the step, as Prometheus' subqueries are
 * @param to included
 * @param step longer than zero
 */
public record Span(Instant from, Instant to, Duration step) {
  public Span {
    if (step.toMillis() <= 0 || to.isBefore(from)) {
      throw new IllegalArgumentException("needs a step and a start before the end");
    }
    long millis = step.toMillis();
    from = Instant.ofEpochMilli(Math.floorDiv(from.toEpochMilli(), millis) * millis);
  }

  /** How many evaluations there are. */
  public long steps() {
    return (to.toEpochMilli() - from.toEpochMilli()) / step.toMillis() + 1;
  }

  Instant at(long index) {
    return from.plusMillis(index * step.toMillis());
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
