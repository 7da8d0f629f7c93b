package dev.tidemark.exporter.exposition;

import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;

/**
 * What is exposed beside the outputs every series has and the quantiles, which a snapshot knows.
 *
 * @param growth true: the growth of every series; false: of those suspected of a leak
 * @param health true: scores, and troubles that are not there as 0; false: only what is there, as 1
 */
public record Outputs(boolean growth, boolean health) {
  /**
   * The value of the labels {@code window} and {@code horizon}: 1h, 24h, 7d, as people write them.
   */
  public static String window(Duration length) {
    return PromDuration.plain(length);
  }

  /** The value of the label {@code quantile}: 0.5, 0.95, 0.999. */
  static String quantile(double q) {
    return q == Math.rint(q) ? Integer.toString((int) q) : Double.toString(q);
  }
}
