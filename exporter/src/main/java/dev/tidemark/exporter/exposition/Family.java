package dev.tidemark.exporter.exposition;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.List;

/** One metric that grows by points; a value that is not known makes no point. */
final class Family {
  private final MetricMetadata metadata;
  private final List<GaugeDataPointSnapshot> points = new ArrayList<>();

  Family(String name, String help) {
    this.metadata = new MetricMetadata(name, help);
  }

  void add(Labels labels, double value) {
    if (Double.isFinite(value)) {
      points.add(new GaugeDataPointSnapshot(value, labels, null));
    }
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  GaugeSnapshot snapshot() {
    return new GaugeSnapshot(metadata, points);
  }
}
