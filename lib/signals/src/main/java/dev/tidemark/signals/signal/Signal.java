package dev.tidemark.signals.signal;

import dev.tidemark.signals.target.TargetKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A quantity of a Go process or its container.
 *
 * @param id snake_case, part of metric names: {@code heap_live}
 * @param title what a page calls it
 * @param unit the unit of its values and of {@code smallestBand}
 * @param kind what its values are
 * @param side where being outside the band is bad
 * @param reduce how a block of samples becomes one point for growth
 * @param smallestBand in the signal's unit: no band is held to be narrower than this
 * @param expr PromQL, {@code $target} already replaced by {@link TargetKey#GROUPING} and {@code
 *     $window} by 5m; one row a target. Two rows of one {@link TargetKey} (they differ in {@code
 *     job}) count as the larger
 * @param limit PromQL of where the target dies, or null; two rows of one target: the smaller counts
 * @param needs the metrics it reads
 * @param ways how it comes about, best first, out of the needs; empty where all of them are needed
 * @param byDefault whether it is judged when nobody asks
 * @param text one or two sentences: what it tells and where it is an estimate
 */
public record Signal(
    String id,
    String title,
    Unit unit,
    Kind kind,
    Side side,
    Reduce reduce,
    double smallestBand,
    String expr,
    @Nullable String limit,
    List<Need> needs,
    List<Way> ways,
    boolean byDefault,
    String text) {
  /** Stands in {@code signals.yaml} for the time that rates are taken over. */
  static final String WINDOW = "$window";

  private static final String DEFAULT_WINDOW = "5m";

  public Signal {
    if (!id.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*") || id.length() > 64) {
      throw new IllegalArgumentException(
          "id: must be snake_case of at most 64 characters, found \"" + id + "\"");
    }
    if (title.isBlank()) {
      throw new IllegalArgumentException("title: is missing for " + id);
    }
    if (!(smallestBand >= 0) || Double.isInfinite(smallestBand)) {
      throw new IllegalArgumentException(
          "smallestBand: must be zero or more, found " + smallestBand + " for " + id);
    }
    if (expr.isBlank() || (limit != null && limit.isBlank())) {
      throw new IllegalArgumentException("expr: and limit: must not be blank for " + id);
    }
    expr = filled(expr);
    limit = limit == null ? null : filled(limit);
    needs = List.copyOf(needs);
    ways = List.copyOf(ways);
    List<String> read = needs.stream().map(Need::metric).toList();
    for (Way way : ways) {
      if (!read.containsAll(way.of())) {
        throw new IllegalArgumentException(
            "ways: " + way.of() + " are not all among the needs of " + id);
      }
    }
  }

  /** The need of a name; every name of a way has one. */
  public Optional<Need> need(String metric) {
    return needs.stream().filter(need -> need.metric().equals(metric)).findFirst();
  }

  private static String filled(String promql) {
    return TargetKey.inPlaceOfTarget(promql).replace(WINDOW, DEFAULT_WINDOW);
  }
}
