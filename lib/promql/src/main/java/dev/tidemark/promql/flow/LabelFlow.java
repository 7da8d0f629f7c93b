package dev.tidemark.promql.flow;

import dev.tidemark.promql.ast.AggregateOp;
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
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.promql.type.ValueType;
import java.util.List;

/**
 * Follows labels through an expression, from the selectors up. What it calls sure or never is so
 * for whatever data; what Prometheus itself calls undefined it calls maybe. Source:
 * promql/engine.go and functions.go of Prometheus 2.42.
 */
public final class LabelFlow {
  static final String NAME = "__name__";

  private LabelFlow() {}

  /** The labels of an expression's series; none for a scalar or a string. */
  public static LabelSets of(Expr expr) {
    if (expr.type() == ValueType.SCALAR || expr.type() == ValueType.STRING) {
      return LabelSets.NONE;
    }
    if (expr instanceof VectorSelector selector) {
      return Selections.labels(selector);
    }
    if (expr instanceof MatrixSelector matrix) {
      return Selections.labels(matrix.selector());
    }
    if (expr instanceof Subquery subquery) {
      return of(subquery.expr());
    }
    if (expr instanceof Unary unary) {
      LabelSets inner = of(unary.expr());
      return unary.negative() ? unnamed(inner) : inner;
    }
    if (expr instanceof Aggregation aggregation) {
      return aggregation(aggregation);
    }
    if (expr instanceof Binary binary) {
      return Joins.labels(binary);
    }
    return expr instanceof Call call ? Calls.labels(call) : LabelSets.ANY;
  }

  /**
   * Labels that keep the two sides of an operator from ever meeting: each series of one side has
   * the label, none of the other has, and it is compared. Empty where they can meet, and for {@code
   * or} and {@code unless}, which give something nevertheless.
   */
  public static List<String> apart(Binary binary) {
    return Joins.apart(binary);
  }

  /**
   * Labels of an operator's {@code on} that one side never has and the other may have: only series
   * that lack them meet, which hardly anybody means. Empty for {@code or}.
   */
  public static List<String> aside(Binary binary) {
    return Joins.aside(binary);
  }

  /** All operators in it whose sides never meet, outermost first. */
  public static List<Binary> neverTrue(Expr expr) {
    return expr.all()
        .filter(Binary.class::isInstance)
        .map(Binary.class::cast)
        .filter(binary -> !apart(binary).isEmpty())
        .toList();
  }

  static LabelSets unnamed(LabelSets labels) {
    return labels.with(NAME, Presence.NEVER);
  }

  private static LabelSets aggregation(Aggregation a) {
    LabelSets inner = of(a.expr());
    if (a.op().isPick()) {
      return inner;
    }
    LabelSets grouped = a.without() ? unnamed(inner).without(a.labels()) : inner.only(a.labels());
    if (a.op() == AggregateOp.COUNT_VALUES && a.parameter() instanceof StringLiteral label) {
      return grouped.with(label.value(), Presence.SURE);
    }
    return grouped;
  }

  /** Whether something is a plain number, which has no labels and meets anything. */
  static boolean isNumber(Expr expr) {
    return expr instanceof NumberLiteral || expr.type() == ValueType.SCALAR;
  }
}
