package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.lint.Finding.Level;

/** An {@code absent} that cannot say what is absent. */
final class AbsentOfAggregation implements Check {
  @Override
  public String id() {
    return "absent-of-aggregation";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Call.class)
        .filter(call -> call.function().name().startsWith("absent"))
        .filter(call -> !isSelector(call.arguments().get(0)))
        .forEach(
            call ->
                report.add(
                    Level.WARNING,
                    call,
                    call.function().name()
                        + " of an expression has no labels, so nobody learns what is missing, and"
                        + " it is silent while any one series is left",
                    call.function().name() + "(metric{job=\"…\"}) with = for what must be there"));
  }

  private static boolean isSelector(Expr argument) {
    return argument instanceof VectorSelector || argument instanceof MatrixSelector;
  }
}
