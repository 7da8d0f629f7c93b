package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.List;

/**
 * A piece of PromQL that knows how tightly it binds, so that joining pieces never changes what they
 * mean.
 *
 * @param text as Prometheus reads it
 * @param binding the precedence of its outermost operator, {@link #ATOM} where it has none
 */
public record Expr(String text, int binding) {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int COMPARE = 3;
  private static final int ADD = 4;
  private static final int MULTIPLY = 5;
  private static final int ATOM = 9;

  /** An instant vector of the series that match. */
  public static Expr series(String metric, List<Matcher> matchers) {
    return new Expr(PromQl.selector(metric, matchers), ATOM);
  }

  /** A number, whole ones without a fraction. */
  public static Expr number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return new Expr(whole ? Long.toString((long) value) : Double.toString(value), ATOM);
  }

  /** A function of this expression. */
  public Expr in(String function) {
    return new Expr(function + "(" + text + ")", ATOM);
  }

  /** A function of what this selector saw during a range; only for a plain selector. */
  public Expr over(String function, Duration range) {
    return new Expr(function + "(" + text + "[" + PromDuration.format(range) + "])", ATOM);
  }

  /** {@code max by (a, b) (this)}. */
  public Expr by(String aggregation, List<String> labels) {
    return new Expr(aggregation + " by (" + String.join(", ", labels) + ") (" + text + ")", ATOM);
  }

  public Expr compare(String sign, double value) {
    return join(COMPARE, sign, number(value));
  }

  public Expr minus(Expr right) {
    return join(ADD, "-", right);
  }

  public Expr dividedBy(Expr right) {
    return join(MULTIPLY, "/", right);
  }

  /** Division of series that have the same values of these labels. */
  public Expr dividedBy(List<String> on, Expr right) {
    return join(MULTIPLY, "/ on (" + String.join(", ", on) + ")", right);
  }

  public Expr and(Expr right) {
    return join(AND, "and", right);
  }

  /** Only what has a partner with the same values of these labels. */
  public Expr and(List<String> on, Expr right) {
    return join(AND, "and on (" + String.join(", ", on) + ")", right);
  }

  public Expr or(Expr right) {
    return join(OR, "or", right);
  }

  private Expr join(int operator, String sign, Expr right) {
    String left = binding < operator ? "(" + text + ")" : text;
    String other = right.binding <= operator ? "(" + right.text + ")" : right.text;
    return new Expr(left + " " + sign + " " + other, operator);
  }
}
