package dev.tidemark.rules.rule;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.Matcher;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PromQL expression that is put together, never pasted: a thin builder over the syntax tree,
 * which writes parentheses where the meaning needs them. Immutable; equal when the trees are.
 */
public final class Expr {
  private static final Map<String, BinaryOp> OPERATORS =
      Arrays.stream(BinaryOp.values()).collect(Collectors.toMap(BinaryOp::sign, op -> op));

  private final dev.tidemark.promql.ast.Expr node;

  /**
   * Written once it is asked for, as a rule, its size and its shape do; any thread writes alike.
   */
  private @Nullable String text;

  public Expr(dev.tidemark.promql.ast.Expr node) {
    this.node = node;
  }

  public dev.tidemark.promql.ast.Expr node() {
    return node;
  }

  /** An instant vector of the series that match. */
  public static Expr series(String metric, List<Matcher> matchers) {
    return new Expr(VectorSelector.of(metric, matchers));
  }

  /** A number, whole ones without a fraction. */
  public static Expr number(double value) {
    return new Expr(new NumberLiteral(value));
  }

  /** The present time in seconds. */
  public static Expr time() {
    return new Expr(Call.of("time"));
  }

  /**
   * What we wrote ourselves, as the catalogue of signals.
   *
   * @throws IllegalStateException when it is no PromQL
   */
  public static Expr parse(String text) {
    try {
      return new Expr(PromQlParser.parse(text));
    } catch (ParseException e) {
      throw new IllegalStateException("no PromQL: " + text, e);
    }
  }

  /** As Prometheus reads it. */
  public String text() {
    String written = text;
    if (written == null) {
      written = node.toString();
      text = written;
    }
    return written;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Expr expr && node.equals(expr.node);
  }

  @Override
  public int hashCode() {
    // equal trees are written alike, and what is written is kept
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }

  /** A function of this expression; what else it takes stands behind. */
  public Expr in(String function, Object... more) {
    return new Expr(
        Call.of(
            function,
            Stream.concat(Stream.of(node), Arrays.stream(more).map(Expr::argument))
                .toArray(dev.tidemark.promql.ast.Expr[]::new)));
  }

  /** A function of what this selector saw during a range; only for a plain selector. */
  public Expr over(String function, Duration range) {
    return new Expr(Call.of(function, range(range)));
  }

  /** {@code quantile_over_time(q, this[range])}. */
  public Expr quantile(double q, Duration range) {
    return new Expr(Call.of("quantile_over_time", new NumberLiteral(q), range(range)));
  }

  /** A function of this expression as it was every step during a range; {@code [6d:1d]}. */
  public Expr every(String function, Duration range, Duration step) {
    return new Expr(Call.of(function, new Subquery(node, range, step, Modifiers.NONE)));
  }

  /** This expression as it was some time ago: every selector in it is moved. */
  public Expr offset(Duration ago) {
    return new Expr(
        node.mapSelectors(
            s -> s.with(new Modifiers(s.modifiers().offset().plus(ago), s.modifiers().at()))));
  }

  /**
   * This expression with every selector looking back so far: ranges become so long, and what asks
   * for the latest sample asks for the last one during that time, so that a scrape that failed ends
   * nothing.
   */
  public Expr lookingBack(Duration range) {
    return new Expr(LookingBack.of(node, range));
  }

  /** This expression with each selector replaced. */
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return new Expr(node.mapSelectors(change));
  }

  /** This expression confined to series that match. */
  public Expr with(List<Matcher> matchers) {
    return new Expr(node.withMatchers(matchers));
  }

  /** {@code histogram_quantile(q, this)}. */
  public Expr histogramQuantile(double q) {
    return new Expr(Call.of("histogram_quantile", new NumberLiteral(q), node));
  }

  /** {@code max by (a, b) (this)}. */
  public Expr by(String aggregation, List<String> labels) {
    return new Expr(
        new Aggregation(
            AggregateOp.valueOf(aggregation.toUpperCase(Locale.ROOT)),
            null,
            node,
            /* without= */ false,
            labels));
  }

  /** The largest {@code k} of each group, labels and all. */
  public Expr topk(int k, List<String> labels) {
    return new Expr(
        new Aggregation(
            AggregateOp.TOPK, new NumberLiteral(k), node, /* without= */ false, labels));
  }

  public Expr compare(String sign, double value) {
    return op(sign, number(value));
  }

  public Expr plus(Expr right) {
    return op("+", right);
  }

  public Expr minus(Expr right) {
    return op("-", right);
  }

  public Expr times(Expr right) {
    return op("*", right);
  }

  public Expr times(double factor) {
    return op("*", number(factor));
  }

  public Expr dividedBy(Expr right) {
    return op("/", right);
  }

  /** Division of series that have the same values of these labels. */
  public Expr dividedBy(List<String> on, Expr right) {
    return op("/", Join.on(on), right);
  }

  public Expr and(Expr right) {
    return op("and", right);
  }

  /** Only what has a partner with the same values of these labels. */
  public Expr and(List<String> on, Expr right) {
    return op("and", Join.on(on), right);
  }

  public Expr or(Expr right) {
    return op("or", right);
  }

  /** This, and what of the other has no partner here with the same values of these labels. */
  public Expr or(List<String> on, Expr right) {
    return op("or", Join.on(on), right);
  }

  /** Only what has no partner with the same labels. */
  public Expr unless(Expr right) {
    return op("unless", right);
  }

  /** Only what has no partner with the same values of these labels. */
  public Expr unless(List<String> on, Expr right) {
    return op("unless", Join.on(on), right);
  }

  /** Any operator between this and another, all labels alike. */
  public Expr op(String sign, Expr right) {
    return op(sign, Join.ALL, right);
  }

  /** Any operator between this and another, joined as said. */
  public Expr op(String sign, Join join, Expr right) {
    BinaryOp op = OPERATORS.get(sign);
    if (op == null) {
      throw new IllegalArgumentException("no operator " + sign);
    }
    return new Expr(new Binary(op, node, right.node, /* bool= */ false, join.matching()));
  }

  /** The names of all metrics it reads. */
  public Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    node.forEachSelector(selector -> names.add(selector.name()));
    return names;
  }

  private MatrixSelector range(Duration range) {
    if (node instanceof VectorSelector selector) {
      return new MatrixSelector(selector, range);
    }
    throw new IllegalArgumentException("a range is for a plain selector only, not for " + text());
  }

  private static dev.tidemark.promql.ast.Expr argument(Object argument) {
    if (argument instanceof Expr expr) {
      return expr.node;
    }
    return argument instanceof Number number
        ? new NumberLiteral(number.doubleValue())
        : new StringLiteral(String.valueOf(argument));
  }
}
