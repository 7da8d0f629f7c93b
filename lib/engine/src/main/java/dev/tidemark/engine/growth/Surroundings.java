package dev.tidemark.engine.growth;

import dev.tidemark.engine.Measure;
import dev.tidemark.engine.Peers;
import dev.tidemark.engine.Prior;
import dev.tidemark.engine.baseline.Baseline;
import org.jspecify.annotations.Nullable;

/**
 * What growth is weighed against.
 *
 * @param expected the normal level; NaN when not known
 * @param smallestBand of the signal
 * @param measure of the signal
 * @param limit NaN when there is none
 * @param minSamples how many samples a baseline needs before it is believed
 */
public record Surroundings(
    double expected,
    double smallestBand,
    Measure measure,
    double limit,
    int minSamples,
    Baseline baseline,
    @Nullable Prior prior,
    @Nullable Peers peers) {
  /**
   * Share of a rise that the median of the members has when they share it, and when they do not.
   */
  private static final double SHARED = 0.5;

  private static final double ALONE = 0.2;
  private static final long DAY = 86_400_000;

  /** Whether there is a past to compare with: a day of its own, or a workload that is known. */
  boolean known() {
    return !Double.isNaN(expected) && (baseline.learntMillis() >= DAY || hasPrior());
  }

  /** Whether the other members rise as well: it is the load, or a fault of all. */
  boolean isShared(double rise, double spanSeconds) {
    return peers != null && peers.rise(Math.round(1000 * spanSeconds)) >= SHARED * rise;
  }

  /** Whether no other member rises. */
  boolean isAlone(double rise, double spanSeconds) {
    return peers != null && peers.rise(Math.round(1000 * spanSeconds)) <= ALONE * rise;
  }

  /** A value of the signal, for a sentence. */
  String amount(double value) {
    return Numbers.amount(value, measure);
  }

  boolean hasPrior() {
    return prior != null && prior.samples() >= minSamples;
  }
}
