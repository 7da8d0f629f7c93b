package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.signals.metric.SelfMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an exporter tells of itself, as tests need it. */
final class SelfFixture {
  private SelfFixture() {}

  static String series(Service service, String instance) {
    Map<String, String> labels = all(service);
    labels.putIfAbsent("instance", instance);
    return Fixture.series(SelfMetrics.SOURCE_LAST_SUCCESS, labels);
  }

  /** The labels an alert keeps of them. */
  static Map<String, String> labels(Service service) {
    Map<String, String> labels = new TreeMap<>(all(service));
    labels.keySet().retainAll(List.of("cluster", "job", "source"));
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
