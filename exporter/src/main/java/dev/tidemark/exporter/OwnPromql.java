package dev.tidemark.exporter;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.type.ValueType;
import java.util.regex.Pattern;

/**
 * Whether PromQL that a user wrote is any, before a source is asked. What is no syntax is refused.
 * What Prometheus up to now refuses, but a later release or VictoriaMetrics may take, is a doubt:
 * such a function, or a type.
 *
 * @param problem what is wrong and where; empty where nothing is
 * @param isDoubt whether some server may take it
 */
record OwnPromql(String problem, boolean isDoubt) {
  /** As long as what they stand for, so that places are those of the text. */
  private static final String TARGET = "_target";

  private static final String WINDOW = "000005m";

  /** What MetricsQL has where Prometheus has an operator or the end. */
  private static final Pattern OPERATOR =
      Pattern.compile("(?i)(default|if|ifnot|keep_metric_names|limit)\\b");

  /** Nothing is wrong. */
  static final OwnPromql FINE = new OwnPromql("", false);

  /**
   * @param text may hold {@code $target} and {@code $window}
   */
  static OwnPromql of(String text) {
    String plain = text.replace("$target", TARGET).replace("$window", WINDOW);
    Expr expr;
    try {
      expr = PromQlParser.parse(plain);
    } catch (ParseException e) {
      String reason = e.reason().replace(TARGET, "$target").replace(WINDOW, "$window");
      return new OwnPromql(
          "no PromQL at %d:%d: %s".formatted(e.line(), e.column(), reason),
          mayBeAnothers(plain, e));
    }
    return expr.type() == ValueType.VECTOR
        ? FINE
        : new OwnPromql("is a " + expr.type().text() + ", needs an instant vector", true);
  }

  private static boolean mayBeAnothers(String text, ParseException e) {
    boolean isRead = !e.isSyntax(); // it is a function, a type or a number that is not known
    return isRead || OPERATOR.matcher(text).region(e.offset(), text.length()).lookingAt();
  }

  boolean isRefused() {
    return !problem.isEmpty() && !isDoubt;
  }

  boolean isDoubted() {
    return !problem.isEmpty() && isDoubt;
  }
}
