package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.corpus.table.Watcher;
import dev.tidemark.e2e.history.TsdbBlock;
import dev.tidemark.exporter.exposition.JudgedMetrics;
import dev.tidemark.exporter.exposition.Outputs;
import dev.tidemark.exporter.fleet.Snapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a Prometheus would have scraped of the exporter, by the exporter's own exposition.
 *
 * <p>Not safe for several threads.
 */
final class Verdicts implements Watcher {
  private final Set<String> metrics;
  private final Duration delay;
  private final Duration interval;
  private final Map<String, Map<Labels, Course>> courses = new LinkedHashMap<>();
  private final JudgedMetrics exposition;
  private @Nullable Snapshot now;
  private long last;

  /**
   * @param metrics those that are kept
   * @param delay from a slot to when its judgement is exposed
   */
  Verdicts(Set<String> metrics, Duration delay, Duration interval) {
    this.metrics = Set.copyOf(metrics);
    this.delay = delay;
    this.interval = interval;
    this.exposition = new JudgedMetrics(this::now, () -> new Outputs(false, false), this::exposed);
  }

  private Snapshot now() {
    if (now == null) {
      throw new IllegalStateException("nothing was judged yet");
    }
    return now;
  }

  private Instant exposed() {
    return Instant.ofEpochMilli(now().slot()).plus(delay);
  }

  @Override
  public void judged(Snapshot snapshot) {
    now = snapshot;
    last = exposed().toEpochMilli();
    for (MetricSnapshot metric : exposition.collect()) {
      String name = metric.getMetadata().getPrometheusName();
      if (metrics.contains(name) && metric instanceof GaugeSnapshot gauge) {
        Map<Labels, Course> of = courses.computeIfAbsent(name, n -> new LinkedHashMap<>());
        for (GaugeSnapshot.GaugeDataPointSnapshot point : gauge.getDataPoints()) {
          of.computeIfAbsent(labels(point), l -> new Course(interval.toMillis()))
              .add(last, point.getValue());
        }
      }
    }
  }

  private static Labels labels(DataPointSnapshot point) {
    return point.getLabels();
  }

  /** Writes all as a block that is scraped of one exporter. */
  void write(Path data, int number) throws IOException {
    TsdbBlock block = TsdbBlock.in(data, number);
    for (Map.Entry<String, Map<Labels, Course>> metric : courses.entrySet()) {
      for (Map.Entry<Labels, Course> course : metric.getValue().entrySet()) {
        SortedMap<String, String> labels = new TreeMap<>();
        course.getKey().forEach(label -> labels.put(label.getName(), label.getValue()));
        labels.put("__name__", metric.getKey());
        labels.putIfAbsent("job", "tidemark-exporter");
        labels.put("tidemark_replica", "a");
        block.add(labels, course.getValue().write(block, last));
      }
    }
    block.finish();
  }
}
