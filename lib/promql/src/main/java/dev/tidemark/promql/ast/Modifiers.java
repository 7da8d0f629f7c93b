package dev.tidemark.promql.ast;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a selector or subquery looks.
 *
 * @param offset back in time; negative: ahead; zero for none
 * @param at a fixed time instead of the evaluation's, or null
 */
public record Modifiers(Duration offset, @Nullable At at) {
  public static final Modifiers NONE = new Modifiers(Duration.ZERO, null);

  @Override
  public String toString() {
    String time = at == null ? "" : " @ " + at;
    if (offset.isZero()) {
      return time;
    }
    String sign = offset.isNegative() ? "-" : "";
    return time + " offset " + sign + Spans.format(offset.abs());
  }
}
