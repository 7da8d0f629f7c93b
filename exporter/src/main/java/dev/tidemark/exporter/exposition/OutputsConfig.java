package dev.tidemark.exporter.exposition;

import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;
import java.util.List;

/**
 * What to expose beside the outputs every series has.
 *
 * @param windows whose quantiles to expose, of those that are kept: 1h, 24h, 7d
 * @param quantiles from 0 to 1
 * @param growth growth of every series, not only of those suspected of a leak
 * @param forecast not in this release
 */
public record OutputsConfig(
    @Default("[]") List<Duration> windows,
    @Default("[]") List<Double> quantiles,
    @Default("false") boolean growth,
    @Default("[]") List<Duration> forecast) {
  public OutputsConfig {
    for (double q : quantiles) {
      if (!(q >= 0 && q <= 1)) {
        throw new IllegalArgumentException("quantiles: must lie between 0 and 1, found " + q);
      }
    }
    if (windows.isEmpty() != quantiles.isEmpty()) {
      throw new IllegalArgumentException(
          (windows.isEmpty() ? "windows" : "quantiles")
              + ": give both windows and quantiles, or neither");
    }
    if (windows.stream().distinct().count() < windows.size()
        || quantiles.stream().distinct().count() < quantiles.size()) {
      throw new IllegalArgumentException("windows and quantiles must not stand twice");
    }
    if (!forecast.isEmpty()) {
      throw new IllegalArgumentException(
          "forecast: this release makes no forecasts; leave the key out");
    }
  }

  public Outputs outputs() {
    return new Outputs(growth);
  }
}
