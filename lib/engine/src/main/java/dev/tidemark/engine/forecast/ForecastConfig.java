package dev.tidemark.engine.forecast;

import java.time.Duration;
import java.util.List;

/**
 * How far to look ahead; one instance serves all series.
 *
 * @param interval the grid samples arrive on
 * @param horizons each at least the interval; in any order
 */
public record ForecastConfig(Duration interval, List<Duration> horizons) {
  private static final int MOST = 8;

  public ForecastConfig {
    horizons = List.copyOf(horizons);
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval is " + interval + ", must be at least 1 ms");
    }
    if (horizons.isEmpty() || horizons.size() > MOST) {
      throw new IllegalArgumentException(horizons.size() + " horizons, must be 1 to " + MOST);
    }
    for (Duration horizon : horizons) {
      if (horizon.compareTo(interval) < 0) {
        throw new IllegalArgumentException(
            "horizon " + horizon + " is shorter than the interval " + interval);
      }
    }
    if (horizons.stream().distinct().count() < horizons.size()) {
      throw new IllegalArgumentException("a horizon stands twice in " + horizons);
    }
  }

  /** 30 of them are twelve times the shortest horizon: an hour for five minutes. */
  long blockMillis() {
    long shortest = horizons.stream().mapToLong(Duration::toMillis).min().orElseThrow();
    return Math.max(interval.toMillis(), shortest * 2 / 5);
  }

  /** Of what decides the layout of the state. */
  int fingerprint() {
    int hash = Long.hashCode(interval.toMillis());
    for (Duration horizon : horizons) {
      hash = 31 * hash + Long.hashCode(horizon.toMillis());
    }
    return hash;
  }
}
