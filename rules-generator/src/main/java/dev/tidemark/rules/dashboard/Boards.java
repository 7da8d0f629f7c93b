package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.Matcher.Op;
import dev.tidemark.rules.rule.Expr;
import java.util.List;

/** What several dashboards have in common. */
final class Boards {
  static final List<Link> LINKS = List.of(new Link("Tidemark", DashboardJson.TAG));

  static final String GROWTH = "outputs: {growth: true} of the exporter, or a suspected leak";

  private Boards() {}

  /** A metric of a program that tells of itself, of the chosen job and instance. */
  static Expr own(String metric, Matcher... more) {
    return Expr.series(metric, List.of(more))
        .with(
            List.of(
                new Matcher("job", Op.RE, "$job"), new Matcher("instance", Op.RE, "$instance")));
  }

  /** How much a counter rose a second. */
  static Expr rate(Expr counter, String... by) {
    return counter.over("rate", Query.RATE_INTERVAL).by("sum", List.of(by));
  }

  /** How much a counter rose in the time of a point. */
  static Expr rise(Expr counter, String... by) {
    return counter.over("increase", Query.RATE_INTERVAL).by("sum", List.of(by));
  }

  /**
   * What is absent until it happens the first time, as 0 while the program runs.
   *
   * @param alive what the program tells in any case
   */
  static Expr orZero(Expr expr, String alive, String... by) {
    return expr.or(own(alive).by("sum", List.of(by)).times(0));
  }

  /** A quantile of a histogram whose metric, without {@code _bucket}, is given. */
  static Expr quantile(double q, String histogram, String... by) {
    String[] labels = java.util.Arrays.copyOf(by, by.length + 1);
    labels[by.length] = "le";
    return Expr.number(q).in("histogram_quantile", rate(own(histogram + "_bucket"), labels));
  }

  /** How many rows there are; 0 where there is none. */
  static Expr count(Expr rows) {
    return rows.by("count", List.of()).or(Expr.number(0).in("vector"));
  }
}
