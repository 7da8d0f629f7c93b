package dev.tidemark.promql.flow;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Matching.Fill;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.type.ValueType;
import java.util.function.Predicate;

/**
 * Follows metrics through an expression: whether it can bring anything where only some of them are
 * there. A server evaluates both sides of an operator, however large the one and empty the other.
 */
public final class MetricFlow {
  private MetricFlow() {}

  /**
   * Whether an expression can have a series. False is certain for whatever data; true is not.
   *
   * @param isThere whether the server has any series of a metric's name
   */
  public static boolean canAnswer(Expr expr, Predicate<String> isThere) {
    if (expr.type() == ValueType.SCALAR || expr.type() == ValueType.STRING) {
      return true;
    }
    if (expr instanceof VectorSelector selector) {
      return canSelect(selector, isThere);
    }
    if (expr instanceof MatrixSelector matrix) {
      return canSelect(matrix.selector(), isThere);
    }
    if (expr instanceof Subquery subquery) {
      return canAnswer(subquery.expr(), isThere);
    }
    if (expr instanceof Unary unary) {
      return canAnswer(unary.expr(), isThere);
    }
    if (expr instanceof Aggregation aggregation) {
      return canAnswer(aggregation.expr(), isThere);
    }
    if (expr instanceof Binary binary) {
      return canAnswer(binary, isThere);
    }
    return !(expr instanceof Call call) || canAnswer(call, isThere);
  }

  private static boolean canSelect(VectorSelector selector, Predicate<String> isThere) {
    if (!selector.name().isEmpty()) {
      return isThere.test(selector.name());
    }
    return selector.matchers().stream()
        .filter(m -> m.label().equals(LabelFlow.NAME) && m.op() == Matcher.Op.EQ)
        .map(Matcher::value)
        .allMatch(name -> name.isEmpty() || isThere.test(name));
  }

  private static boolean canAnswer(Binary binary, Predicate<String> isThere) {
    boolean left = canAnswer(binary.left(), isThere);
    boolean right = canAnswer(binary.right(), isThere);
    return switch (binary.op()) {
      case OR -> left || right;
      case UNLESS -> left;
      default -> {
        Fill fill = binary.matching().fill();
        yield (left || fill.left() != null) && (right || fill.right() != null);
      }
    };
  }

  private static boolean canAnswer(Call call, Predicate<String> isThere) {
    return switch (call.function().name()) {
      case "absent", "absent_over_time" -> true;
      case Call.INFO -> canAnswer(call.arguments().get(0), isThere);
      default -> call.arguments().stream().allMatch(a -> canAnswer(a, isThere));
    };
  }
}
