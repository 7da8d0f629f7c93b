package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which quantiles of the baseline a snapshot holds.
 *
 * @param windows lengths that the judge keeps
 * @param quantiles in [0, 1]
 */
public record SnapshotShape(List<Duration> windows, List<Double> quantiles, List<Integer> places) {
  public static final SnapshotShape NO_QUANTILES =
      new SnapshotShape(List.of(), List.of(), List.of());

  public SnapshotShape {
    windows = List.copyOf(windows);
    quantiles = List.copyOf(quantiles);
    places = List.copyOf(places);
  }

  /**
   * @throws IllegalArgumentException where the judge keeps no such window
   */
  public static SnapshotShape of(
      List<Duration> windows, List<Double> quantiles, JudgeConfig judge) {
    List<Duration> kept = judge.windows().stream().map(w -> w.length()).toList();
    List<Integer> places = windows.stream().map(kept::indexOf).toList();
    if (places.contains(-1)) {
      throw new IllegalArgumentException(
          "windows: %s is not kept; baseline.windows has %s"
              .formatted(PromDuration.plain(windows.get(places.indexOf(-1))), named(kept)));
    }
    return new SnapshotShape(windows, quantiles, places);
  }

  private static String named(List<Duration> lengths) {
    return lengths.stream().map(PromDuration::plain).collect(Collectors.joining(", "));
  }

  List<List<Double>> quantiles(Judge judge) {
    return places.stream()
        .map(window -> quantiles.stream().map(q -> judge.quantile(window, q)).toList())
        .toList();
  }
}
