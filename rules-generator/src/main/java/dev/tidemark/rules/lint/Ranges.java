package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Matching.Fill;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.type.ValueType;
import dev.tidemark.rules.metric.KnownMetrics;
import java.util.Map;

/** Which values an expression can have for whatever data, as far as that is certain. */
final class Ranges {
  private static final Range BIT = new Range(0, 1);
  private static final Range AT_LEAST_ONE = new Range(1, Double.POSITIVE_INFINITY);
  private static final Map<String, Range> BITS =
      Map.of(
          "up", BIT,
          "probe_success", BIT,
          "ALERTS", Range.of(1),
          "node_network_up", BIT,
          "tidemark_leak_state", new Range(0, 2));
  private static final Map<String, Range> OF_FUNCTIONS =
      Map.ofEntries(
          Map.entry("count_over_time", AT_LEAST_ONE),
          Map.entry("present_over_time", Range.of(1)),
          Map.entry("absent", Range.of(1)),
          Map.entry("absent_over_time", Range.of(1)),
          Map.entry("changes", Range.NOT_NEGATIVE),
          Map.entry("resets", Range.NOT_NEGATIVE),
          Map.entry("rate", Range.NOT_NEGATIVE),
          Map.entry("irate", Range.NOT_NEGATIVE),
          Map.entry("increase", Range.NOT_NEGATIVE),
          Map.entry("abs", Range.NOT_NEGATIVE),
          Map.entry("sqrt", Range.NOT_NEGATIVE),
          Map.entry("exp", Range.NOT_NEGATIVE),
          Map.entry("time", Range.NOT_NEGATIVE),
          Map.entry("stddev_over_time", Range.NOT_NEGATIVE),
          Map.entry("stdvar_over_time", Range.NOT_NEGATIVE),
          Map.entry("sgn", new Range(-1, 1)),
          Map.entry("minute", new Range(0, 59)),
          Map.entry("hour", new Range(0, 23)),
          Map.entry("day_of_week", new Range(0, 6)),
          Map.entry("day_of_month", new Range(1, 31)),
          Map.entry("day_of_year", new Range(1, 366)),
          Map.entry("days_in_month", new Range(28, 31)),
          Map.entry("month", new Range(1, 12)));

  private final KnownMetrics metrics;

  Ranges(KnownMetrics metrics) {
    this.metrics = metrics;
  }

  Range of(Expr expr) {
    if (expr instanceof NumberLiteral number) {
      return Range.of(number.value());
    }
    if (expr instanceof VectorSelector selector) {
      return selector(selector.name());
    }
    if (expr instanceof MatrixSelector matrix) {
      return of(matrix.selector());
    }
    if (expr instanceof Subquery subquery) {
      return of(subquery.expr());
    }
    if (expr instanceof Unary unary) {
      return unary.negative() ? of(unary.expr()).negated() : of(unary.expr());
    }
    if (expr instanceof Aggregation aggregation) {
      return aggregation(aggregation);
    }
    if (expr instanceof Call call) {
      return call(call);
    }
    return expr instanceof Binary binary ? binary(binary) : Range.ANY;
  }

  /** What of the left side's values, or of a vector's beside a number, the comparison lets by. */
  Range kept(Binary comparison) {
    boolean numberFirst =
        comparison.left().type() == ValueType.SCALAR
            && comparison.right().type() != ValueType.SCALAR;
    Range value = of(numberFirst ? comparison.right() : comparison.left());
    Range other = of(numberFirst ? comparison.left() : comparison.right());
    BinaryOp op = numberFirst ? turned(comparison.op()) : comparison.op();
    if (isNever(op, value, other)) {
      return Range.NONE;
    }
    return switch (op) {
      case EQ -> value.and(other);
      case LESS, LESS_OR_EQ -> value.and(new Range(Double.NEGATIVE_INFINITY, other.most()));
      case GREATER, GREATER_OR_EQ -> value.and(new Range(other.least(), Double.POSITIVE_INFINITY));
      default -> value;
    };
  }

  private static boolean isNever(BinaryOp op, Range value, Range other) {
    return switch (op) {
      case EQ -> value.and(other).isNone();
      case NOT_EQ -> value.isOne() && value.equals(other);
      case LESS -> value.least() >= other.most();
      case LESS_OR_EQ -> value.least() > other.most();
      case GREATER -> value.most() <= other.least();
      case GREATER_OR_EQ -> value.most() < other.least();
      default -> false;
    };
  }

  private static BinaryOp turned(BinaryOp op) {
    return switch (op) {
      case LESS -> BinaryOp.GREATER;
      case LESS_OR_EQ -> BinaryOp.GREATER_OR_EQ;
      case GREATER -> BinaryOp.LESS;
      case GREATER_OR_EQ -> BinaryOp.LESS_OR_EQ;
      default -> op;
    };
  }

  private Range selector(String name) {
    Range known = BITS.get(name);
    if (known != null) {
      return known;
    }
    return metrics.isCounter(name) ? Range.NOT_NEGATIVE : Range.ANY;
  }

  private Range aggregation(Aggregation a) {
    Range inner = of(a.expr());
    return switch (a.op()) {
      case COUNT, COUNT_VALUES -> AT_LEAST_ONE;
      case GROUP -> Range.of(1);
      case STDDEV, STDVAR -> Range.NOT_NEGATIVE;
      case SUM -> summed(inner);
      case QUANTILE -> Range.ANY;
      default -> inner;
    };
  }

  private static Range summed(Range inner) {
    return new Range(
        inner.least() >= 0 ? inner.least() : Double.NEGATIVE_INFINITY,
        inner.most() <= 0 ? inner.most() : Double.POSITIVE_INFINITY);
  }

  private Range call(Call call) {
    String name = call.function().name();
    Range known = OF_FUNCTIONS.get(name);
    if (known != null) {
      return known;
    }
    return switch (name) {
      case "max_over_time",
          "min_over_time",
          "avg_over_time",
          "last_over_time",
          "first_over_time",
          "sort",
          "sort_desc",
          "vector",
          "scalar",
          "label_replace",
          "label_join" ->
          of(call.arguments().get(0));
      case "sum_over_time" -> summed(of(call.arguments().get(0)));
      case "clamp_max" ->
          capped(of(call.arguments().get(0)), Range.ANY, of(call.arguments().get(1)));
      case "clamp_min" ->
          capped(of(call.arguments().get(0)), of(call.arguments().get(1)), Range.ANY);
      default -> Range.ANY;
    };
  }

  private static Range capped(Range value, Range least, Range most) {
    return new Range(
        Math.min(Math.max(value.least(), least.least()), most.most()),
        Math.max(Math.min(value.most(), most.most()), least.least()));
  }

  private Range binary(Binary b) {
    if (!b.matching().fill().equals(Fill.NONE)) {
      return Range.ANY;
    }
    Range left = of(b.left());
    Range right = of(b.right());
    if (b.op().isComparison()) {
      return b.bool() ? BIT : kept(b);
    }
    return switch (b.op()) {
      case AND, UNLESS -> left;
      case OR -> left.or(right);
      case ADD -> left.plus(right);
      case SUBTRACT -> left.plus(right.negated());
      case MULTIPLY -> left.times(right);
      case DIVIDE -> left.dividedBy(right);
      default -> Range.ANY;
    };
  }
}
