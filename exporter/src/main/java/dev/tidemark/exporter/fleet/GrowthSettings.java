package dev.tidemark.exporter.fleet;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When growth counts.
 *
 * @param horizons over which it is measured
 * @param warmUp how long after a process start it is not looked at
 */
public record GrowthSettings(
    @Default("[1h, 6h, 24h]") List<Duration> horizons, @Default("15m") Duration warmUp) {
  public GrowthSettings {
    Refusals refusals =
        new Refusals().unless(!horizons.isEmpty(), "horizons: must name at least one, such as 1h");
    Set<Duration> seen = new HashSet<>();
    for (Duration horizon : horizons) {
      refusals.unless(
          seen.add(horizon), "horizons: " + PromDuration.plain(horizon) + " stands twice");
    }
    refusals.throwIfAny();
  }
}
