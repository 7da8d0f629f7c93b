package dev.tidemark.rules.cost;

import dev.tidemark.rules.found.FoundRule;
import java.time.Duration;

/**
 * What a rule costs at each evaluation.
 *
 * @param series that its selectors find, each counted once
 * @param samples that are read, as Prometheus counts queryable samples
 * @param added series that it records
 * @param every how often it is evaluated
 * @param guessed whether a server that was asked lacks recordings it reads, so that its cost is
 *     worked out from what they would add
 */
public record RuleCost(
    FoundRule rule, long series, long samples, long added, Duration every, boolean guessed) {
  public double samplesPerSecond() {
    return samples * 1000.0 / every.toMillis();
  }
}
