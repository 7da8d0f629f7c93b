package dev.tidemark.exporter.fleet;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
import java.util.Map;

/**
 * What is too much, of the targets and of ourselves.
 *
 * @param goroutines where a target stalls, for the time to the limit; 0 for no limit
 * @param series judged at a time, about 10 KB of memory each
 * @param targetsPerWorkload judged at a time
 */
public record LimitsConfig(
    @Default("10000") double goroutines,
    @Default("200000") int series,
    @Default("2000") int targetsPerWorkload) {
  private static final String GOROUTINES = "goroutines";

  public LimitsConfig {
    new Refusals()
        .unless(goroutines >= 0, "goroutines: must be at least 0, found " + goroutines)
        .unless(series >= 1, "series: must be at least 1, found " + series)
        .unless(
            targetsPerWorkload >= 1,
            "targetsPerWorkload: must be at least 1, found " + targetsPerWorkload)
        .throwIfAny();
  }

  FleetShape.Bounds bounds() {
    return new FleetShape.Bounds(series, targetsPerWorkload);
  }

  /** By signal id. */
  Map<String, Double> bySignal() {
    return goroutines > 0 ? Map.of(GOROUTINES, goroutines) : Map.of();
  }
}
