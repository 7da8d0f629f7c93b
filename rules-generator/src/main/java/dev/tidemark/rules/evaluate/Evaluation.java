package dev.tidemark.rules.evaluate;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.type.ValueType;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Evaluates an expression at some times. The largest parts that read nothing held are asked of a
 * server; what is left is done here, as Prometheus does it with samples at each time of what is
 * held, and a stale marker where there is none. Of one thread.
 */
public final class Evaluation {
  private final Leaves leaves;

  public Evaluation(Leaves leaves) {
    this.leaves = leaves;
  }

  /**
   * Whether all can be done here that a server cannot be asked for.
   *
   * @throws PrometheusException where nobody says what is held
   */
  public boolean takes(Expr expr) throws PrometheusException {
    if (!readsHeld(expr)) {
      return true;
    }
    if (!isTakenItself(expr)) {
      return false;
    }
    for (Expr part : expr.parts()) {
      if (!takes(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTakenItself(Expr expr) {
    if (expr instanceof VectorSelector selector) {
      return isPlain(selector.modifiers());
    }
    if (expr instanceof Subquery subquery) {
      return subquery.step() != null && isPlain(subquery.modifiers());
    }
    if (expr instanceof Binary binary) {
      return Joins.takes(binary);
    }
    if (expr instanceof Aggregation aggregation) {
      return Groups.takes(aggregation);
    }
    return expr instanceof Call call ? isTaken(call) : true;
  }

  private static boolean isPlain(Modifiers modifiers) {
    return modifiers.at() == null && modifiers.edges() == Modifiers.Edges.PLAIN;
  }

  private static boolean isTaken(Call call) {
    String name = call.function().name();
    return window(call).isPresent()
        ? call.arguments().size() == 1 || quantile(call).isPresent()
        : Simple.takes(call) || LabelReplace.takes(name, call.arguments());
  }

  private static Optional<Windows.Maker> window(Call call) {
    return Windows.of(call.function().name(), quantile(call).orElse(Double.NaN));
  }

  private static OptionalDouble quantile(Call call) {
    return call.arguments().size() == 2 && call.arguments().get(0) instanceof NumberLiteral q
        ? OptionalDouble.of(q.value())
        : OptionalDouble.empty();
  }

  private boolean readsHeld(Expr expr) throws PrometheusException {
    if (expr instanceof VectorSelector selector) {
      return leaves.isHeld(selector);
    }
    for (Expr part : expr.parts()) {
      if (readsHeld(part)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param expr that is taken
   * @throws PrometheusException where the server does not answer, or Prometheus would refuse it
   */
  public List<Row> of(Expr expr, Times times) throws PrometheusException {
    leaves.goOn();
    if (!readsHeld(expr)) {
      return leaves.asked(expr, times);
    }
    if (expr instanceof VectorSelector selector) {
      return moments(selector, times);
    }
    Merged results = new Merged(); // without their names several may make up one series
    for (Row row : made(expr, times)) {
      results.add(row);
    }
    return results.rows();
  }

  private List<Row> made(Expr expr, Times times) throws PrometheusException {
    if (expr instanceof Unary unary) {
      return signed(unary, times);
    }
    if (expr instanceof Binary binary) {
      return binary(binary, times);
    }
    if (expr instanceof Aggregation aggregation) {
      return Groups.of(aggregation, of(aggregation.expr(), times), times.count());
    }
    if (expr instanceof Call call) {
      return call(call, times);
    }
    throw new IllegalStateException("not taken: " + expr);
  }

  private List<Row> moments(VectorSelector selector, Times times) throws PrometheusException {
    Held held = leaves.held(selector);
    long offset = selector.modifiers().offset().toMillis();
    List<Row> rows = new ArrayList<>();
    for (Row row : selected(selector, held)) {
      double[] values = Row.nothing(times.count());
      for (int i = 0; i < values.length; i++) {
        long at = held.times().before(times.at(i) - offset);
        if (at >= 0 && at < row.values().length) {
          values[i] = row.values()[(int) at];
        }
      }
      rows.add(new Row(row.labels(), values));
    }
    return rows;
  }

  private static List<Row> selected(VectorSelector selector, Held held) {
    LabelMatch match = new LabelMatch(selector.matchers());
    return held.rows().stream().filter(row -> match.all(row.labels())).toList();
  }

  private List<Row> signed(Unary unary, Times times) throws PrometheusException {
    List<Row> rows = of(unary.expr(), times);
    return unary.negative() ? Simple.each(rows, value -> -value) : rows;
  }

  private List<Row> binary(Binary binary, Times times) throws PrometheusException {
    boolean left = binary.left().type() == ValueType.SCALAR;
    boolean right = binary.right().type() == ValueType.SCALAR;
    if (!left && !right) {
      return new Joins(binary, times.count())
          .of(of(binary.left(), times), of(binary.right(), times));
    }
    double[] numbers = scalar(left ? binary.left() : binary.right(), times);
    List<Row> results = new ArrayList<>();
    for (Row row : of(left ? binary.right() : binary.left(), times)) {
      double[] values = row.values().clone();
      for (int i = 0; i < values.length; i++) {
        if (!Row.isAbsent(values[i])) {
          values[i] = scalarApplied(binary, left, numbers[i], values[i]);
        }
      }
      boolean keepsName = binary.op().isComparison() && !binary.bool();
      results.add(new Row(keepsName ? row.labels() : nameless(row.labels()), values));
    }
    return results;
  }

  /** A comparison gives the value of the series, on whichever side it stands. */
  private static double scalarApplied(Binary binary, boolean first, double number, double value) {
    double result = first ? Joins.apply(binary, number, value) : Joins.apply(binary, value, number);
    boolean filtered = binary.op().isComparison() && !binary.bool();
    return filtered && !Row.isAbsent(result) ? value : result;
  }

  private double[] scalar(Expr expr, Times times) throws PrometheusException {
    double[] values = new double[times.count()];
    if (expr instanceof NumberLiteral number) {
      Arrays.fill(values, number.value());
      return values;
    }
    Arrays.fill(values, Double.NaN);
    for (Row row : of(expr, times)) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Row.isAbsent(row.values()[i]) ? values[i] : row.values()[i];
      }
    }
    return values;
  }

  private List<Row> call(Call call, Times times) throws PrometheusException {
    Optional<Windows.Maker> maker = window(call);
    if (maker.isPresent()) {
      Expr range = call.arguments().get(call.arguments().size() - 1);
      boolean keepsName = call.function().name().equals("last_over_time");
      return windows(maker.get(), range, times, keepsName);
    }
    if (LabelReplace.takes(call.function().name(), call.arguments())) {
      return LabelReplace.of(call.arguments()).rows(of(call.arguments().get(0), times));
    }
    return Simple.of(call, of(call.arguments().get(0), times));
  }

  private List<Row> windows(Windows.Maker maker, Expr expr, Times times, boolean keepsName)
      throws PrometheusException {
    Held held;
    long range;
    long offset;
    if (expr instanceof MatrixSelector matrix) {
      Held all = leaves.held(matrix.selector());
      held = new Held(all.times(), selected(matrix.selector(), all));
      range = matrix.range().toMillis();
      offset = matrix.selector().modifiers().offset().toMillis();
    } else if (expr instanceof Subquery subquery && subquery.step() != null) {
      range = subquery.range().toMillis();
      offset = subquery.modifiers().offset().toMillis();
      long step = subquery.step().toMillis();
      long first = -Math.floorDiv(-(times.start() - offset - range), step) * step;
      long last = times.at(times.count() - 1) - offset;
      Times looks = new Times(first, step, (int) Math.max(0, (last - first) / step + 1));
      held = new Held(looks, of(subquery.expr(), looks));
    } else {
      throw new IllegalStateException("not taken: " + expr);
    }
    boolean open = leaves.isLeftOpen();
    Merged results = new Merged();
    for (Row row : held.rows()) {
      leaves.goOn();
      Windows window = maker.of(row.values(), held.times().step() / 1000.0);
      double[] values = new double[times.count()];
      for (int i = 0; i < values.length; i++) {
        long end = times.at(i) - offset;
        long from =
            open ? held.times().before(end - range) + 1 : held.times().before(end - range - 1) + 1;
        long to = Math.min(held.times().before(end) + 1, row.values().length);
        values[i] = from < to ? window.of((int) Math.max(0, from), (int) to) : Row.ABSENT;
      }
      results.add(new Row(keepsName ? row.labels() : nameless(row.labels()), values));
    }
    return results.rows();
  }

  static Map<String, String> nameless(Map<String, String> labels) {
    Map<String, String> others = new TreeMap<>(labels);
    others.remove(Row.NAME);
    return others;
  }
}
