package dev.tidemark.rules.dashboard;

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
import java.util.List;
import java.util.stream.Stream;

/** Every node of an expression. */
final class Trees {
  private Trees() {}

  static Stream<Expr> all(Expr tree) {
    return Stream.concat(Stream.of(tree), children(tree).stream().flatMap(Trees::all));
  }

  private static List<Expr> children(Expr tree) {
    if (tree instanceof Call call) {
      return call.arguments();
    }
    if (tree instanceof Binary binary) {
      return List.of(binary.left(), binary.right());
    }
    if (tree instanceof Aggregation aggregation) {
      return List.of(aggregation.expr());
    }
    if (tree instanceof Subquery subquery) {
      return List.of(subquery.expr());
    }
    if (tree instanceof Unary unary) {
      return List.of(unary.expr());
    }
    boolean leaf =
        tree instanceof MatrixSelector
            || tree instanceof VectorSelector
            || tree instanceof NumberLiteral
            || tree instanceof StringLiteral;
    if (!leaf) {
      throw new IllegalArgumentException("no children known of " + tree.getClass());
    }
    return List.of();
  }
}
