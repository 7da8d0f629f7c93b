package dev.tidemark.exporter;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.type.ValueType;

/**
 * Whether PromQL that a user wrote is any, before a source is asked. What no server could take is
 * refused. What Prometheus up to now refuses, but a later release or VictoriaMetrics may take, is a
 * doubt, and so is what we cannot read to its end.
 *
 * @param problem what is wrong and where; empty where nothing is
 * @param isDoubt whether some server may take it
 */
record OwnPromql(String problem, boolean isDoubt) {
  /** As long as what they stand for, so that places are those of the text. */
  private static final String TARGET = "_target";

  private static final String WINDOW = "000005m";

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
      return of(plain, e);
    }
    return expr.type() == ValueType.VECTOR
        ? FINE
        : doubt("is a " + expr.type().text() + ", needs an instant vector");
  }

  private static OwnPromql of(String text, ParseException e) {
    String place = e.line() + ":" + e.column();
    String reason = e.reason().replace(TARGET, "$target").replace(WINDOW, "$window");
    String told = "no PromQL at " + place + ": " + reason;
    Outline outline = Outline.of(text);
    if (outline.isBroken()) {
      String where = outline.place(text);
      String also = where.equals(place) ? "" : "; " + outline.wrong() + " at " + where;
      return e.isSyntax()
          ? new OwnPromql(told + also, false)
          : new OwnPromql("no PromQL at " + where + ": " + outline.wrong(), false);
    }
    if (e.isLimit()) {
      return new OwnPromql(
          "not checked, for this is more than Tidemark reads, at "
              + place
              + ": "
              + reason
              + "; the source is asked all the same",
          true);
    }
    boolean isCutShort = e.isSyntax() && e.length() == 0;
    return isCutShort ? new OwnPromql(told, false) : doubt(told);
  }

  private static OwnPromql doubt(String problem) {
    return new OwnPromql(
        problem + "; a source that does not know it leaves the signal empty", true);
  }

  boolean isRefused() {
    return !problem.isEmpty() && !isDoubt;
  }

  boolean isDoubted() {
    return !problem.isEmpty() && isDoubt;
  }
}
