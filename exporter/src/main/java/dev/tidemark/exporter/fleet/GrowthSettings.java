package dev.tidemark.exporter.fleet;

import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;
import java.util.List;

/**
 * When growth counts.
 *
 * @param horizons over which it is measured
 * @param warmUp how long after a process start it is not looked at
 */
public record GrowthSettings(
    @Default("[1h, 6h, 24h]") List<Duration> horizons, @Default("15m") Duration warmUp) {
  public GrowthSettings {
    if (horizons.isEmpty()) {
      throw new IllegalArgumentException("horizons: must name at least one, such as 1h");
    }
  }
}
