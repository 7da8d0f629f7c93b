package dev.tidemark.signals.signal;

import dev.tidemark.signals.target.TargetKey;
import java.util.List;
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
 * @param expr PromQL, {@code $target} already replaced by {@link TargetKey#GROUPING}; one row a
 *     target. Two rows of one {@link TargetKey} (they differ in {@code job}) count as the larger
 * @param limit PromQL of where the target dies, or null; two rows of one target: the smaller counts
 * @param needs the metrics it reads
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
    boolean byDefault,
    String text) {
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
    expr = TargetKey.inPlaceOfTarget(expr);
    limit = limit == null ? null : TargetKey.inPlaceOfTarget(limit);
    needs = List.copyOf(needs);
  }
}
