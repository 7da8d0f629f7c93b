package dev.tidemark.signals.fact;

import dev.tidemark.signals.target.TargetKey;

/**
 * Something that is observed of a target.
 *
 * @param id snake_case
 * @param expr PromQL, {@code $target} already replaced; one row a target, or one a pod, which holds
 *     for each of its containers
 * @param merge which of two rows of one target counts
 * @param text what the number means
 */
public record Fact(String id, String expr, Merge merge, String text) {
  /** Which of two rows of one target counts. */
  public enum Merge {
    MIN,
    MAX;

    /** The one that counts. */
    public double of(double one, double other) {
      return switch (this) {
        case MIN -> Math.min(one, other);
        case MAX -> Math.max(one, other);
      };
    }
  }

  public Fact {
    if (!id.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
      throw new IllegalArgumentException("id: must be snake_case, found \"" + id + "\"");
    }
    if (expr.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException("expr and text must not be blank for " + id);
    }
    expr = TargetKey.inPlaceOfTarget(expr);
  }
}
