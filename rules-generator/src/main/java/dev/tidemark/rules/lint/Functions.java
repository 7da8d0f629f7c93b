package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Functions of ranges, by what they are for. */
final class Functions {
  /** For what only rises: a fall counts as a restart. */
  static final Set<String> OF_COUNTERS = Set.of("rate", "irate", "increase", "resets");

  /** For what rises and falls. */
  static final Set<String> OF_GAUGES =
      Set.of("deriv", "delta", "idelta", "predict_linear", "holt_winters");

  /** They give nothing of one sample. */
  static final Set<String> OF_TWO_SAMPLES =
      Set.of(
          "rate",
          "irate",
          "increase",
          "deriv",
          "delta",
          "idelta",
          "predict_linear",
          "changes",
          "resets",
          "holt_winters");

  private Functions() {}

  /** The range a function looks at, of a selector or a subquery. */
  static Optional<Expr> range(Call call) {
    return call.arguments().stream()
        .filter(a -> a instanceof MatrixSelector || a instanceof Subquery)
        .findFirst();
  }

  static Duration length(Expr range) {
    if (range instanceof MatrixSelector matrix) {
      return matrix.range();
    }
    return range instanceof Subquery subquery ? subquery.range() : Duration.ZERO;
  }

  /** The metric a range is of; empty for a subquery of anything but a selector. */
  static Optional<String> metric(Call call) {
    return range(call)
        .flatMap(
            range ->
                range instanceof MatrixSelector matrix
                    ? Optional.of(matrix.selector())
                    : range instanceof Subquery s && s.expr() instanceof VectorSelector v
                        ? Optional.of(v)
                        : Optional.empty())
        .map(VectorSelector::name)
        .filter(name -> !name.isEmpty());
  }
}
