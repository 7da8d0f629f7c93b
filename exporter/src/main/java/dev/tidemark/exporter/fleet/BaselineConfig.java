package dev.tidemark.exporter.fleet;

import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;

/**
 * How baselines learn.
 *
 * @param lag how long a sample waits before it teaches
 * @param freezeAfter how long a score stays above 1 before the baseline stops learning
 * @param freezeCap how long it stays stopped at most
 * @param minSamples samples before a baseline is used
 */
public record BaselineConfig(
    @Default("1h") Duration lag,
    @Default("5m") Duration freezeAfter,
    @Default("24h") Duration freezeCap,
    @Default("60") int minSamples) {
  public BaselineConfig {
    if (minSamples < 1) {
      throw new IllegalArgumentException("minSamples: must be at least 1, found " + minSamples);
    }
  }
}
