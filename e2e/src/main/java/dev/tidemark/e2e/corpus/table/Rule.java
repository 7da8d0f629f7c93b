package dev.tidemark.e2e.corpus.table;

import java.time.Duration;
import java.util.List;

/**
 * A rule people use today, as Prometheus evaluates it.
 *
 * @param group rules that are told as one judge
 * @param signal what it is about
 * @param expr has an answer where it is broken; each row needs the label {@code pod}
 * @param patience its {@code for}
 * @param every how often it is evaluated
 */
record Rule(String group, String signal, String expr, Duration patience, Duration every) {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIVE = Duration.ofMinutes(5);

  private static final String GOROUTINES = "go_goroutines";
  private static final String HEAP = "go_memstats_heap_inuse_bytes";
  private static final String RSS = "process_resident_memory_bytes";

  /** Where two replicas record a pod these rules would say everything twice. */
  private static final String ONCE = "{prometheus_replica!=\"b\"}";

  static List<Rule> all(double goroutineLimit, double memoryLimit) {
    return List.of(
        // samber/awesome-prometheus-alerts, Go (dist/rules/golang/golang-exporter.yml, 2026-08-01)
        simple("awesome: goroutines > 1000", "goroutines", "%s > 1000", GOROUTINES),
        simple("awesome: deriv > 10/s", "goroutines", "deriv(%s[5m]) > 10", GOROUTINES),
        simple("awesome: heap deriv > 1e7/s", "heap_inuse", "deriv(%s[10m]) > 1e7", HEAP),
        simple(
            "awesome: allocates > 1e9/s",
            "heap_inuse",
            "rate(%s[5m]) > 1e9",
            "go_memstats_alloc_bytes_total"),
        predict("6h", 24 * 3600, "goroutines", GOROUTINES, goroutineLimit),
        predict("6h", 24 * 3600, "heap_inuse", HEAP, memoryLimit),
        predict("6h", 24 * 3600, "rss", RSS, memoryLimit),
        predict("1h", 4 * 3600, "goroutines", GOROUTINES, goroutineLimit),
        predict("1h", 4 * 3600, "heap_inuse", HEAP, memoryLimit),
        predict("1h", 4 * 3600, "rss", RSS, memoryLimit),
        band("Grafana adaptive", "goroutines", adaptive(GOROUTINES)),
        band("Grafana adaptive", "heap_inuse", adaptive(HEAP)),
        band("Grafana adaptive", "rss", adaptive(RSS)),
        band("Grafana robust", "goroutines", robust(GOROUTINES)),
        band("Grafana robust", "heap_inuse", robust(HEAP)),
        band("Grafana robust", "rss", robust(RSS)),
        band("z-score of a day", "goroutines", zScore(GOROUTINES)),
        band("z-score of a day", "heap_inuse", zScore(HEAP)),
        band("z-score of a day", "rss", zScore(RSS)),
        new Rule("Coroot's memory growth", "rss", coroot(memoryLimit), Duration.ZERO, FIVE));
  }

  private static Rule simple(String group, String signal, String expr, String metric) {
    return new Rule(group, signal, expr.formatted(metric + ONCE), FIVE, MINUTE);
  }

  private static Rule predict(String range, int ahead, String signal, String metric, double limit) {
    String expr =
        "predict_linear(%s[%s], %d) > %s".formatted(metric + ONCE, range, ahead, number(limit));
    String group = "predict_linear(x[%s], %dh) > limit".formatted(range, ahead / 3600);
    return new Rule(group, signal, expr, FIVE, MINUTE);
  }

  private static Rule band(String group, String signal, String expr) {
    return new Rule(group, signal, expr, FIVE, FIVE);
  }

  private static String zScore(String metric) {
    String x = metric + ONCE;
    return "abs(%1$s - avg_over_time(%1$s[1d])) / (stddev_over_time(%1$s[1d]) > 0) > 3"
        .formatted(x);
  }

  /**
   * grafana/promql-anomaly-detection's adaptive strategy (rules/adaptive.yml): outside the widest
   * of four bands about averages of an hour: half the average; twice the deviation averaged over 26
   * h where it is large; and the hour a day and a week before with twice its deviation.
   */
  private static String adaptive(String metric) {
    String x = metric + ONCE;
    String mid = "avg_over_time(%s[1h])".formatted(x);
    String deviation = "stddev_over_time(%s[1h])".formatted(x);
    String large = "2 * avg_over_time((%s > 0.5 * %s)[26h:5m])".formatted(deviation, mid);
    return outside(
        x,
        List.of(
            new Band(mid, "0.5 * " + mid),
            new Band(mid, large),
            new Band(at(mid, "23h30m"), "2 * " + at(deviation, "23h30m")),
            new Band(at(mid, "167h30m"), "2 * " + at(deviation, "167h30m"))));
  }

  /**
   * The same project's robust strategy (rules/robust.yml): the hour's median outside the widest of
   * bands about medians: half the day's median, twice the day's median absolute deviation about it,
   * and the hour's medians a day and a week before. Days are sampled every 15 minutes, which the
   * project does every minute: a median of 96 points.
   */
  private static String robust(String metric) {
    String x = metric + ONCE;
    String day = "quantile_over_time(0.5, %s[1d:15m])".formatted(x);
    String hour = "quantile_over_time(0.5, %s[1h])".formatted(x);
    String spread = "quantile_over_time(0.5, (abs(%s - %s))[1d:15m])".formatted(x, day);
    return outside(
        hour,
        List.of(
            new Band(day, "0.5 * " + day),
            new Band(day, "2 * " + spread),
            new Band(at(hour, "23h45m"), "0 * " + hour),
            new Band(at(hour, "167h45m"), "0 * " + hour)));
  }

  private record Band(String mid, String half) {}

  private static String outside(String value, List<Band> bands) {
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i < bands.size(); i++) {
      String or = i == 0 ? "" : " or ";
      String mark = "label_replace(%s %s %s, \"band\", \"" + i + "\", \"\", \"\")";
      upper.append(or).append(mark.formatted(bands.get(i).mid(), "+", bands.get(i).half()));
      lower.append(or).append(mark.formatted(bands.get(i).mid(), "-", bands.get(i).half()));
    }
    String inside = "%1$s %2$s on (pod) %3$s by (pod) (%4$s)";
    return inside.formatted(value, ">", "max", upper)
        + " or "
        + inside.formatted(value, "<", "min", lower);
  }

  private static String at(String expr, String offset) {
    return expr.replace("])", "] offset " + offset + ")");
  }

  /**
   * Coroot's memory rule (auditor/memory.go, 2026-08-18) on its window of an hour: the line through
   * the resident memory rises by more than a tenth of the limit an hour, the last quarter at least
   * 0.3 times as steeply, and nothing fell by half.
   */
  private static String coroot(double limit) {
    String x = RSS + ONCE;
    return "deriv(%1$s[1h]) * 3600 > %2$s and deriv(%1$s[15m]) >= 0.3 * deriv(%1$s[1h]) unless %1$s < 0.5 * max_over_time(%1$s[1h])"
        .formatted(x, number(limit / 10));
  }

  private static String number(double value) {
    return new java.math.BigDecimal(value).stripTrailingZeros().toPlainString();
  }
}
