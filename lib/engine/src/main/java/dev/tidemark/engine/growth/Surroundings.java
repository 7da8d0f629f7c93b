package dev.tidemark.engine.growth;

import dev.tidemark.engine.Prior;
import dev.tidemark.engine.baseline.Baseline;
import org.jspecify.annotations.Nullable;

/**
 * What growth is weighed against.
 *
 * @param expected the normal level; NaN when not known
 * @param smallestBand of the signal
 * @param limit NaN when there is none
 * @param minSamples how many samples a baseline needs before it is believed
 */
public record Surroundings(
    double expected,
    double smallestBand,
    double limit,
    int minSamples,
    Baseline baseline,
    @Nullable Prior prior) {
  private static final long DAY = 86_400_000;

  /** Whether there is a past to compare with: a day of its own, or a workload that is known. */
  boolean known() {
    return !Double.isNaN(expected) && (baseline.learntMillis() >= DAY || hasPrior());
  }

  boolean hasPrior() {
    return prior != null && prior.samples() >= minSamples;
  }
}
