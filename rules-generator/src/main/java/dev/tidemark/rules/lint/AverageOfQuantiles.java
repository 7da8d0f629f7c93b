package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.lint.Finding.Level;

/** An average or sum of quantiles, which is a quantile of nothing. */
final class AverageOfQuantiles implements Check {
  @Override
  public String id() {
    return "average-of-quantiles";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Aggregation.class)
        .filter(a -> a.op() == AggregateOp.AVG || a.op() == AggregateOp.SUM)
        .filter(a -> isQuantile(a.expr()))
        .forEach(
            a ->
                report.add(
                    Level.WARNING,
                    a,
                    "the "
                        + (a.op() == AggregateOp.AVG ? "average" : "sum")
                        + " of quantiles is the quantile of nothing; one slow instance of fifty is"
                        + " diluted fifty times",
                    "max, or histogram_quantile of the summed buckets"));
  }

  private static boolean isQuantile(Expr expr) {
    if (expr instanceof VectorSelector selector) {
      return selector.matchers().stream().anyMatch(m -> m.label().equals("quantile"));
    }
    return expr instanceof Call call && call.function().name().equals("histogram_quantile");
  }
}
