package dev.tidemark.exporter.exposition;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
import java.time.Duration;
import java.util.List;

/**
 * What to expose beside the outputs every series has.
 *
 * @param windows whose quantiles to expose, of those that baseline.windows keeps
 * @param quantiles from 0 to 1
 * @param growth growth of every series, not only of those suspected of a leak
 * @param health the health score with its parts, and the troubles that a target does not have
 * @param forecast how far ahead to forecast
 * @param forecastOf ids of the signals to forecast
 */
public record OutputsConfig(
    @Default("[]") List<Duration> windows,
    @Default("[]") List<Double> quantiles,
    @Default("false") boolean growth,
    @Default("false") boolean health,
    @Default("[]") List<Duration> forecast,
    @Default("[memory_limit_ratio]") List<String> forecastOf) {
  public OutputsConfig {
    Refusals refusals = new Refusals();
    for (double q : quantiles) {
      refusals.unless(q >= 0 && q <= 1, "quantiles: must lie between 0 and 1, found " + q);
    }
    refusals
        .unless(
            windows.isEmpty() == quantiles.isEmpty(),
            (windows.isEmpty() ? "windows" : "quantiles")
                + ": give both windows and quantiles, or neither")
        .unless(distinct(windows), "windows: must not stand twice")
        .unless(distinct(quantiles), "quantiles: must not stand twice")
        .throwIfAny();
  }

  private static boolean distinct(List<?> values) {
    return values.stream().distinct().count() == values.size();
  }

  /** Whether both have the same forecast, which is learnt and not only shown. */
  public boolean forecastsAs(OutputsConfig other) {
    return forecast.equals(other.forecast) && forecastOf.equals(other.forecastOf);
  }

  public Outputs outputs() {
    return new Outputs(growth, health);
  }
}
