package dev.tidemark.exporter.exposition;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** One metric that grows by points; a value that is not known makes no point. */
final class Family {
  private static final String TOTAL = "_total";

  private final MetricMetadata metadata;
  private final boolean counter;
  private final List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
  private final List<CounterDataPointSnapshot> counters = new ArrayList<>();

  Family(String name, String help, boolean counter) {
    boolean total = counter && name.endsWith(TOTAL);
    String base = total ? name.substring(0, name.length() - TOTAL.length()) : name;
    this.metadata = new MetricMetadata(base, help);
    this.counter = counter;
  }

  void add(Labels labels, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (counter) {
      counters.add(new CounterDataPointSnapshot(value, labels, null, 0));
    } else {
      gauges.add(new GaugeDataPointSnapshot(value, labels, null));
    }
  }

  boolean isEmpty() {
    return gauges.isEmpty() && counters.isEmpty();
  }

  MetricSnapshot snapshot() {
    return counter ? new CounterSnapshot(metadata, counters) : new GaugeSnapshot(metadata, gauges);
  }
}
