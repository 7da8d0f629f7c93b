package dev.tidemark.toolkit.web;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes many gauges and counters as the library's text writers would, byte for byte, in a fraction
 * of their time: they check each name of each line anew. What stands above the lines of a metric,
 * and what the metric is called in them, the library is asked for with its first line.
 *
 * <p>Not for metrics with anything beside name, labels and value: {@link #canWrite}.
 */
final class PlainText {
  private static final String END = "# EOF\n";

  private final ExpositionFormatWriter library;
  private final EscapingScheme escaping;
  private final Lines lines;

  /**
   * @param library writes Prometheus text or OpenMetrics
   */
  PlainText(ExpositionFormatWriter library, EscapingScheme escaping, OutputStream out) {
    this.library = library;
    this.escaping = escaping;
    this.lines = new Lines(out);
  }

  /** Whether these are metrics that need none of what the library knows more. */
  static boolean canWrite(MetricSnapshots snapshots, EscapingScheme escaping) {
    Set<String> seen = new HashSet<>();
    Set<String> good = new HashSet<>();
    for (MetricSnapshot snapshot : snapshots) {
      boolean known = snapshot instanceof GaugeSnapshot || snapshot instanceof CounterSnapshot;
      String metric = snapshot.getMetadata().getPrometheusName();
      boolean plain = PrometheusNaming.isValidLegacyMetricName(snapshot.getMetadata().getName());
      if (!known || !plain || !seen.add(metric)) {
        return false;
      }
      for (DataPointSnapshot point : snapshot.getDataPoints()) {
        if (point.hasScrapeTimestamp() || point.hasCreatedTimestamp() || hasExemplar(point)) {
          return false;
        }
        Labels labels = point.getLabels();
        for (int i = 0; i < labels.size(); i++) {
          String name = labels.getName(i);
          if (!good.contains(name) && !(isPlain(name, escaping) && good.add(name))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean isPlain(String labelName, EscapingScheme escaping) {
    return PrometheusNaming.isValidLegacyLabelName(labelName)
        && !PrometheusNaming.needsEscaping(labelName, escaping);
  }

  private static boolean hasExemplar(DataPointSnapshot point) {
    return point instanceof GaugeDataPointSnapshot gauge
        ? gauge.getExemplar() != null
        : point instanceof CounterDataPointSnapshot counter && counter.getExemplar() != null;
  }

  void write(MetricSnapshots snapshots) throws IOException {
    for (MetricSnapshot snapshot : snapshots) {
      if (!snapshot.getDataPoints().isEmpty()) {
        write(snapshot);
      }
    }
    lines.raw(ending());
    lines.flush();
  }

  private void write(MetricSnapshot snapshot) throws IOException {
    String first = firstLine(snapshot);
    int line = first.lastIndexOf('\n', first.length() - 2) + 1;
    lines.raw(first.substring(0, line));
    lines.metric(first.substring(line, first.lastIndexOf(' ')));
    if (snapshot instanceof GaugeSnapshot gauges) {
      for (GaugeDataPointSnapshot point : gauges.getDataPoints()) {
        lines.line(point.getLabels(), point.getValue());
      }
    } else if (snapshot instanceof CounterSnapshot counters) {
      for (CounterDataPointSnapshot point : counters.getDataPoints()) {
        lines.line(point.getLabels(), point.getValue());
      }
    }
  }

  /** How the library writes a metric that has one value, zero, and no labels. */
  private String firstLine(MetricSnapshot snapshot) throws IOException {
    MetricSnapshot one =
        snapshot instanceof CounterSnapshot
            ? new CounterSnapshot(
                snapshot.getMetadata(),
                List.of(new CounterDataPointSnapshot(0, Labels.EMPTY, null, 0)))
            : new GaugeSnapshot(
                snapshot.getMetadata(), List.of(new GaugeDataPointSnapshot(0, Labels.EMPTY, null)));
    String text = written(new MetricSnapshots(one));
    return text.substring(0, text.length() - ending().length());
  }

  private String ending() throws IOException {
    return written(new MetricSnapshots()).isEmpty() ? "" : END;
  }

  private String written(MetricSnapshots snapshots) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    library.write(bytes, snapshots, escaping);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
