package dev.tidemark.rules.history;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a matcher of what an expression gives down to the selectors in it. Only where that gives
 * the same for whatever data; PromQL has no filter for results.
 */
final class Confined {
  private static final Set<String> OTHER_LABELS =
      Set.of("label_replace", "label_join", "absent", "absent_over_time", "info", "vector");

  private Confined() {}

  static Optional<Expr> to(Expr expr, Matcher matcher) {
    if (expr.type() == ValueType.SCALAR || expr.type() == ValueType.STRING) {
      return Optional.of(expr);
    }
    if (expr instanceof VectorSelector selector) {
      return Optional.of(selector.and(List.of(matcher)));
    }
    if (expr instanceof MatrixSelector matrix) {
      return Optional.of(
          new MatrixSelector(matrix.selector().and(List.of(matcher)), matrix.range()));
    }
    if (expr instanceof Subquery s) {
      return to(s.expr(), matcher)
          .map(inner -> new Subquery(inner, s.range(), s.step(), s.modifiers()));
    }
    if (expr instanceof Unary unary) {
      return to(unary.expr(), matcher).map(inner -> new Unary(unary.negative(), inner));
    }
    if (expr instanceof Aggregation a) {
      boolean keeps =
          a.op() != AggregateOp.COUNT_VALUES && a.without() != a.labels().contains(matcher.label());
      return keeps
          ? to(a.expr(), matcher)
              .map(inner -> new Aggregation(a.op(), a.parameter(), inner, a.without(), a.labels()))
          : Optional.empty();
    }
    if (expr instanceof Binary binary) {
      return binary(binary, matcher);
    }
    return expr instanceof Call call ? call(call, matcher) : Optional.empty();
  }

  private static Optional<Expr> binary(Binary b, Matcher matcher) {
    boolean numbers = b.left().type() == ValueType.SCALAR || b.right().type() == ValueType.SCALAR;
    boolean compared = b.matching().on() == b.matching().labels().contains(matcher.label());
    boolean both =
        switch (b.op()) {
          case OR -> true;
          default -> numbers || compared;
        };
    boolean leftAlone =
        switch (b.op()) {
          case AND, UNLESS -> true;
          default ->
              b.matching().group() == Matching.Group.LEFT
                  && !b.matching().include().contains(matcher.label());
        };
    if (!both && !leftAlone) {
      return Optional.empty();
    }
    Optional<Expr> left = to(b.left(), matcher);
    Optional<Expr> right = leftAlone ? Optional.of(b.right()) : to(b.right(), matcher);
    return left.isPresent() && right.isPresent()
        ? Optional.of(new Binary(b.op(), left.get(), right.get(), b.bool(), b.matching()))
        : Optional.empty();
  }

  private static Optional<Expr> call(Call call, Matcher matcher) {
    if (OTHER_LABELS.contains(call.function().name())
        || (call.function().name().startsWith("histogram_") && matcher.label().equals("le"))) {
      return Optional.empty();
    }
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      Optional<Expr> moved = to(argument, matcher);
      if (moved.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(moved.get());
    }
    return Optional.of(new Call(call.function(), arguments));
  }
}
