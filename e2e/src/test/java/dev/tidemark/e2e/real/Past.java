package dev.tidemark.e2e.real;

import java.util.Map;
import java.util.TreeMap;

/** Samples of some metrics, written as OpenMetrics text for promtool. */
final class Past {
  private final Map<String, StringBuilder> byMetric = new TreeMap<>();

  /** One sample; {@code labels} as they stand between braces. */
  void add(String metric, String labels, long millis, double value) {
    byMetric
        .computeIfAbsent(metric, m -> new StringBuilder())
        .append(metric)
        .append('{')
        .append(labels)
        .append("} ")
        .append(value)
        .append(' ')
        .append(millis / 1000)
        .append('.')
        .append("%03d".formatted(millis % 1000))
        .append('\n');
  }

  /** A scrape of a Go service. */
  void scrape(String labels, long millis, double goroutines, long startedMillis) {
    add("go_info", labels, millis, 1);
    add("go_goroutines", labels, millis, goroutines);
    add("go_memstats_next_gc_bytes", labels, millis, 4e7 + 1e4 * goroutines);
    add("process_start_time_seconds", labels, millis, startedMillis / 1000.0);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    byMetric.forEach(
        (metric, lines) -> text.append("# TYPE ").append(metric).append(" gauge\n").append(lines));
    return text.append("# EOF\n").toString();
  }
}
