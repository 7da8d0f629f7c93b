package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.signals.metric.SelfMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What our own programs tell of themselves, as tests need it. */
final class SelfFixture {
  private SelfFixture() {}

  /** When an exporter's source last answered. */
  static String series(Service service, String instance) {
    Map<String, String> labels = all(service);
    labels.putIfAbsent("instance", instance);
    return Fixture.series(SelfMetrics.SOURCE_LAST_SUCCESS, labels);
  }

  /** The same of a shard. */
  static String series(Service service, String instance, String shard) {
    Map<String, String> labels = all(service);
    labels.putIfAbsent("instance", instance);
    labels.put("shard", shard);
    return Fixture.series(SelfMetrics.SOURCE_LAST_SUCCESS, labels);
  }

  /** The labels an alert keeps of it. */
  static Map<String, String> labels(Service service) {
    Map<String, String> labels = new TreeMap<>(all(service));
    labels.keySet().retainAll(List.of("cluster", "job", "source"));
    return labels;
  }

  /** The labels of a program's scrape. */
  static Map<String, String> labels(Service service, String job) {
    Map<String, String> labels = new TreeMap<>(Map.of("job", job, "instance", "10.0.0.4:9478"));
    labels.putAll(service.selection().labels());
    return labels;
  }

  private static Map<String, String> all(Service service) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("job", "tidemark-exporter");
    labels.put("source", "prometheus");
    labels.putAll(service.selection().labels());
    return labels;
  }
}
