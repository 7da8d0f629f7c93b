package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.rules.lint.Finding.Level;
import java.util.Optional;

/** A rate of a sum: where one counter restarts, the sum falls and the rate explodes. */
final class RateOfSum implements Check {
  @Override
  public String id() {
    return "rate-of-sum";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Call.class)
        .filter(call -> Functions.OF_COUNTERS.contains(call.function().name()))
        .filter(call -> Functions.range(call).flatMap(RateOfSum::summed).isPresent())
        .forEach(
            call ->
                report.add(
                    Level.WARNING,
                    call,
                    call.function().name()
                        + " of a sum: when one of the counters restarts, the sum falls, and all of"
                        + " it counts as new",
                    "sum(" + call.function().name() + "(…)): first the rate, then the sum"));
  }

  /** The aggregation that a range is of. */
  private static Optional<Expr> summed(Expr range) {
    if (range instanceof Subquery subquery) {
      return subquery.expr().all().filter(Aggregation.class::isInstance).findFirst();
    }
    // level:metric:sum is what recording rules call a sum of counters
    boolean recorded =
        range instanceof MatrixSelector matrix
            && matrix.selector().name().endsWith(":sum")
            && matrix.selector().name().contains("_total:");
    return recorded ? Optional.of(range) : Optional.empty();
  }
}
