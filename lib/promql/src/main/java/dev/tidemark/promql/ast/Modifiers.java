package dev.tidemark.promql.ast;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a selector or subquery looks.
 *
 * @param offset back in time; negative: ahead; zero for none
 * @param at a fixed time instead of the evaluation's, or null
 * @param edges how the ends of a range are treated; a subquery has plain ones only
 */
public record Modifiers(Duration offset, @Nullable At at, Edges edges) {
  public static final Modifiers NONE = new Modifiers(Duration.ZERO, null);

  /** What the values at the two ends of a range are. The others are experimental, since 3.7. */
  public enum Edges {
    PLAIN(""),
    ANCHORED(" anchored"),
    SMOOTHED(" smoothed");

    private final String text;

    Edges(String text) {
      this.text = text;
    }
  }

  /** With plain edges. */
  public Modifiers(Duration offset, @Nullable At at) {
    this(offset, at, Edges.PLAIN);
  }

  /** With a space before each; nothing where nothing is asked. */
  void appendTo(StringBuilder text) {
    text.append(edges.text);
    if (at != null) {
      text.append(" @ ").append(at);
    }
    if (!offset.isZero()) {
      text.append(" offset ").append(offset.isNegative() ? "-" : "");
      text.append(Spans.format(offset.abs()));
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    appendTo(text);
    return text.toString();
  }
}
