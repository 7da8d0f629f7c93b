package dev.tidemark.rules.history;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import java.time.Duration;
import java.util.Comparator;

/** How far back an expression looks, the server's own five minutes left aside. */
final class Lookback {
  private Lookback() {}

  static Duration of(Expr expr) {
    Duration own = Duration.ZERO;
    if (expr instanceof VectorSelector selector) {
      own = selector.modifiers().offset();
    } else if (expr instanceof MatrixSelector matrix) {
      own = matrix.range();
    } else if (expr instanceof Subquery subquery) {
      own = subquery.range().plus(subquery.modifiers().offset());
    }
    Duration inner =
        expr.parts().stream()
            .map(Lookback::of)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return own.isNegative() ? inner : own.plus(inner);
  }
}
