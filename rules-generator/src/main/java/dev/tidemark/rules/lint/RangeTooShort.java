package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.rules.metric.KnownMetrics;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.Optional;

/** A range that holds fewer samples than its function needs, at once or after a missed scrape. */
final class RangeTooShort implements Check {
  /** Two samples, wherever the range begins. */
  private static final int NEEDED = 2;

  /** One scrape may fail, and the range may begin anywhere. */
  private static final int SAFE = 4;

  @Override
  public String id() {
    return "range-too-short";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Call.class)
        .filter(call -> Functions.OF_TWO_SAMPLES.contains(call.function().name()))
        .forEach(call -> look(call, rule, report));
  }

  private static void look(Call call, Subject rule, Report report) {
    Optional<Expr> range =
        Functions.range(call)
            .filter(
                r ->
                    r instanceof MatrixSelector matrix
                        && !KnownMetrics.isRecorded(matrix.selector().name()));
    if (range.isEmpty()) {
      return;
    }
    Duration length = Functions.length(range.get());
    Duration interval = rule.settings().scrapeInterval();
    String function = call.function().name();
    String found = PromDuration.format(length);
    String scraped = "; a scrape comes every " + PromDuration.format(interval);
    if (length.compareTo(interval.multipliedBy(NEEDED)) < 0) {
      report.add(
          Level.ERROR,
          range.get(),
          function + " needs two samples, and " + found + " may hold one only" + scraped,
          "[" + PromDuration.format(interval.multipliedBy(SAFE)) + "] or longer");
    } else if (length.compareTo(interval.multipliedBy(SAFE)) < 0) {
      report.add(
          Level.INFO,
          range.get(),
          function + " over " + found + " has gaps whenever a scrape is missed" + scraped,
          "[" + PromDuration.format(interval.multipliedBy(SAFE)) + "] or longer");
    }
  }
}
