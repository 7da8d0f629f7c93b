package dev.tidemark.rules.dashboard;

import dev.tidemark.rules.rule.Expr;
import java.time.Duration;

/**
 * An expression that Grafana asks, built as a tree. Grafana's variables stand in it where a string
 * of a matcher may stand; for ranges, which no tree holds as text, two durations take their place.
 */
record Query(Expr expr) {
  /** Written as {@code $__rate_interval}: four scrapes at least, more when one looks from afar. */
  static final Duration RATE_INTERVAL = Duration.ofMillis(299_999);

  /** Written as {@code $__range}: all that the dashboard shows. */
  static final Duration RANGE = Duration.ofMillis(86_399_999);

  /** {@link #RATE_INTERVAL} as PromQL writes it. */
  static final String RATE_INTERVAL_TEXT = "4m59s999ms";

  private static final String RANGE_TEXT = "23h59m59s999ms";

  String text() {
    return expr.text()
        .replace(RANGE_TEXT, "$__range")
        .replace(RATE_INTERVAL_TEXT, "$__rate_interval");
  }
}
