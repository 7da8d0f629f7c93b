package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Samples;
import dev.tidemark.e2e.corpus.data.Target;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a part as the text that promtool makes blocks of. */
final class OpenMetrics {
  private static final String COLLECTIONS = "go_gc_duration_seconds_count";

  /** What the signals, the facts and the rules read. */
  private static final List<String> READ =
      List.of(
          COLLECTIONS,
          "go_goroutines",
          "go_info",
          "go_gc_gogc_percent",
          "go_gc_gomemlimit_bytes",
          "go_memstats_alloc_bytes_total",
          "go_memstats_buck_hash_sys_bytes",
          "go_memstats_gc_sys_bytes",
          "go_memstats_heap_alloc_bytes",
          "go_memstats_heap_idle_bytes",
          "go_memstats_heap_inuse_bytes",
          "go_memstats_heap_released_bytes",
          "go_memstats_heap_sys_bytes",
          "go_memstats_mcache_sys_bytes",
          "go_memstats_mspan_sys_bytes",
          "go_memstats_next_gc_bytes",
          "go_memstats_other_sys_bytes",
          "go_memstats_stack_inuse_bytes",
          "go_memstats_sys_bytes",
          "process_resident_memory_bytes",
          "process_start_time_seconds");

  /**
   * Configuration, not measurement: the same for every pod, as kube-state-metrics would tell it.
   */
  static final String LIMIT = "kube_pod_container_resource_limits";

  static final double MEMORY_LIMIT = 128 << 20;

  private OpenMetrics() {}

  /** What is written, so that a change of it can be seen. */
  static String written() {
    return String.join("\n", READ) + '\n';
  }

  /**
   * @param factor how many seconds of the corpus a real one is: a process that collects once a
   *     second shall do so in the corpus
   */
  static void write(Path file, CorpusFolder folder, List<Target> targets, double factor)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (String metric : READ) {
        // counters would have to be declared, and named, as such; their samples are the same
        out.write("# TYPE " + metric + " unknown\n");
      }
      out.write("# TYPE " + LIMIT + " unknown\n");
      for (Target target : targets) {
        List<Samples> replicas = folder.samples(target);
        for (int replica = 0; replica < replicas.size(); replica++) {
          Map<String, String> labels = new TreeMap<>(target.labels());
          if (replicas.size() > 1) {
            labels.put("prometheus_replica", replica == 0 ? "a" : "b");
          }
          write(out, replicas.get(replica), labels, factor);
        }
      }
      out.write("# EOF\n");
    }
  }

  private static void write(
      BufferedWriter out, Samples samples, Map<String, String> labels, double factor)
      throws IOException {
    for (String metric : READ) {
      if (samples.has(metric)) {
        String name = metric + text(labels);
        double times = metric.equals(COLLECTIONS) ? factor : 1;
        for (int row = 0; row < samples.rows(); row++) {
          double value = samples.at(metric, row);
          if (!Double.isNaN(value)) {
            line(out, name, times * value, samples.millis()[row]);
          }
        }
      }
    }
    Map<String, String> limit = new TreeMap<>(labels);
    limit.put("resource", "memory");
    limit.put("job", "kube-state-metrics");
    String name = LIMIT + text(limit);
    for (long time : samples.millis()) {
      line(out, name, MEMORY_LIMIT, time);
    }
  }

  private static void line(BufferedWriter out, String name, double value, long millis)
      throws IOException {
    out.write(name);
    out.write(' ');
    out.write(
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) value)
            : Double.toString(value));
    out.write(' ');
    out.write(Long.toString(millis / 1000));
    out.write('.');
    long rest = millis % 1000;
    out.write((char) ('0' + rest / 100));
    out.write((char) ('0' + rest / 10 % 10));
    out.write((char) ('0' + rest % 10));
    out.write('\n');
  }

  private static String text(Map<String, String> labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach((name, value) -> text.append(name).append("=\"").append(value).append("\","));
    text.setCharAt(text.length() - 1, '}');
    return text.toString();
  }
}
