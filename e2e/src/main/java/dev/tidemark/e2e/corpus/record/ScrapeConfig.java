package dev.tidemark.e2e.corpus.record;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of the recording Prometheus: every pod that ever lives, from the beginning. */
final class ScrapeConfig {
  /** The names that are kept; everything else is dropped when it is scraped. */
  static final String KEPT =
      String.join(
          "|",
          "go_goroutines",
          "go_threads",
          "go_info",
          "go_gc_gogc_percent",
          "go_gc_gomemlimit_bytes",
          "go_gc_duration_seconds_sum",
          "go_gc_duration_seconds_count",
          "go_memstats_alloc_bytes_total",
          "go_memstats_(heap_alloc|heap_idle|heap_inuse|heap_released|heap_sys|next_gc)_bytes",
          "go_memstats_(stack_inuse|stack_sys|sys|mspan_sys|mcache_sys)_bytes",
          "go_memstats_(gc_sys|buck_hash_sys|other_sys)_bytes",
          "process_cpu_seconds_total",
          "process_(open|max)_fds",
          "process_resident_memory_bytes",
          "process_start_time_seconds");

  /** Tells replicas of Prometheus apart; only for pods that two of them record. */
  static final String REPLICA = "prometheus_replica";

  private ScrapeConfig() {}

  /**
   * A pod as it is scraped.
   *
   * @param replicas {@code a} and {@code b} where two record it, else empty
   */
  record Scraped(Map<String, String> labels, int port, List<String> replicas) {}

  static String text(Duration interval, List<Scraped> pods) {
    StringBuilder text = new StringBuilder();
    String every = interval.toMillis() + "ms";
    text.append("global: {scrape_interval: ").append(every);
    text.append(", scrape_timeout: ").append(every).append("}\n");
    text.append("scrape_configs:\n");
    job(text, "corpus", pods, 0);
    job(text, "corpus-b", pods.stream().filter(p -> p.replicas().size() > 1).toList(), 1);
    return text.toString();
  }

  private static void job(StringBuilder text, String name, List<Scraped> pods, int replica) {
    text.append("  - job_name: ").append(name).append('\n');
    text.append("    relabel_configs: [{target_label: job, replacement: corpus}]\n");
    text.append("    metric_relabel_configs:\n");
    text.append("      - {source_labels: [__name__], regex: '").append(KEPT);
    text.append("', action: keep}\n");
    text.append("    static_configs:\n");
    for (Scraped pod : pods) {
      Map<String, String> labels = new TreeMap<>(pod.labels());
      if (!pod.replicas().isEmpty()) {
        labels.put(REPLICA, pod.replicas().get(replica));
      }
      text.append("      - targets: ['127.0.0.1:").append(pod.port()).append("']\n");
      text.append("        labels: {");
      labels.forEach((key, value) -> text.append(key).append(": '").append(value).append("', "));
      text.setLength(text.length() - 2);
      text.append("}\n");
    }
    if (pods.isEmpty()) {
      text.append("      []\n");
    }
  }
}
