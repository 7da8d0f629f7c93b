package dev.tidemark.rules.rule;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import java.time.Duration;

/** Makes every selector of an expression look back for a while. */
final class LookingBack {
  private LookingBack() {}

  static Expr of(Expr expr, Duration range) {
    if (expr instanceof VectorSelector selector) {
      return Call.of("last_over_time", new MatrixSelector(selector, range));
    }
    if (expr instanceof MatrixSelector matrix) {
      return new MatrixSelector(matrix.selector(), range);
    }
    if (expr instanceof Unary unary) {
      return new Unary(unary.negative(), of(unary.expr(), range));
    }
    if (expr instanceof Binary binary) {
      return new Binary(
          binary.op(),
          of(binary.left(), range),
          of(binary.right(), range),
          binary.bool(),
          binary.matching());
    }
    if (expr instanceof Aggregation aggregation) {
      return new Aggregation(
          aggregation.op(),
          aggregation.parameter(),
          of(aggregation.expr(), range),
          aggregation.without(),
          aggregation.labels());
    }
    if (expr instanceof Call call) {
      return new Call(call.function(), call.arguments().stream().map(a -> of(a, range)).toList());
    }
    if (expr instanceof NumberLiteral || expr instanceof StringLiteral) {
      return expr;
    }
    // what a subquery looks at is its own time
    return (Subquery) expr;
  }
}
