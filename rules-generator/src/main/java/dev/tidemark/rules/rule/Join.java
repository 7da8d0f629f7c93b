package dev.tidemark.rules.rule;

import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.Matching.Group;
import java.util.List;

/** Which series of two expressions belong together. */
public record Join(Matching matching) {
  /** Those with the same labels, all of them. */
  static final Join ALL = new Join(Matching.ALL);

  /** Those with the same values of these labels, one to one. */
  public static Join on(List<String> labels) {
    return new Join(new Matching(true, labels, Group.ONE_TO_ONE, List.of()));
  }

  /** Many on the left to one on the right, whose labels {@code include} the result takes over. */
  public static Join manyTo(List<String> on, String... include) {
    return new Join(new Matching(true, on, Group.LEFT, List.of(include)));
  }
}
