package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.forecast.ForecastConfig;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.source.Lookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked after beside levels and growth.
 *
 * @param health from when on something is a trouble; empty: nothing is
 * @param lookups the facts that are asked for
 * @param forecast how far to look ahead; empty: not at all
 * @param forecastOf ids of the signals to forecast
 */
public record CareShape(
    Optional<HealthConfig> health,
    List<Lookup> lookups,
    Optional<ForecastConfig> forecast,
    Set<String> forecastOf) {
  /** Levels and growth only. */
  public static final CareShape NONE =
      new CareShape(Optional.empty(), List.of(), Optional.empty(), Set.of());

  public CareShape {
    lookups = List.copyOf(lookups);
    forecastOf = Set.copyOf(forecastOf);
  }
}
