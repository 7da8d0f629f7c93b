package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A target that a service's selector selects, as tests need one. */
public final class Fixture {
  private final Service service;
  private final Selection selection;

  public Fixture(Service service) {
    this.service = service;
    this.selection = service.selection();
  }

  /** The labels of the target itself. */
  public SortedMap<String, String> target() {
    SortedMap<String, String> labels = new TreeMap<>();
    if (selection.scope() == Scope.JOBS) {
      labels.put("job", selection.value("job", service.name().value()));
      labels.put("instance", selection.value("instance", "10.0.0.1:8080"));
    } else {
      labels.put("namespace", selection.value("namespace", "shop"));
      labels.put(
          "pod", selection.value("pod", shortened(service.name().value()) + "-7d4b9c6f58-x2x4z"));
      labels.put("container", selection.value("container", "app"));
    }
    String cluster = selection.value("cluster", "");
    if (!cluster.isEmpty()) {
      labels.put("cluster", cluster);
    }
    if (selection.scope() == Scope.EITHER) {
      labels.putAll(withoutWorkload(selection.labels()));
    }
    return labels;
  }

  /** A series the exporter shows of the target. */
  public String exposed(String metric, String signal, String replica) {
    Map<String, String> labels = new LinkedHashMap<>(target());
    labels.put(MetricNames.LABEL_WORKLOAD, workload());
    labels.put(MetricNames.LABEL_SIGNAL, signal);
    labels.put(MetricNames.LABEL_REPLICA, replica);
    return series(metric, labels);
  }

  /** A series of the target with more labels. */
  public String own(String metric, Map<String, String> more) {
    Map<String, String> labels = new LinkedHashMap<>(target());
    labels.putAll(more);
    return series(metric, labels);
  }

  /** What gives the target to the service, where its selector has labels that others lack. */
  public List<Scenario.Input> membership() {
    if (selection.joinOn().isEmpty()) {
      return List.of();
    }
    Map<String, String> labels = new LinkedHashMap<>(target());
    labels.putAll(withoutWorkload(selection.labels()));
    labels.put("version", "go1.19.8");
    return List.of(Scenario.Input.steady(series(SourceMetrics.GO_INFO, labels), 1));
  }

  /** These inputs and what gives the target to the service. */
  public List<Scenario.Input> with(Scenario.Input... inputs) {
    List<Scenario.Input> all = new ArrayList<>(List.of(inputs));
    all.addAll(membership());
    return all;
  }

  public String workload() {
    return selection.value(MetricNames.LABEL_WORKLOAD, service.name().value());
  }

  /** The labels an alert gets from the series when it is grouped by these. */
  public Map<String, String> grouped(List<String> by, boolean workload) {
    Map<String, String> labels = new TreeMap<>(target());
    if (workload) {
      labels.put(MetricNames.LABEL_WORKLOAD, workload());
    }
    labels.keySet().retainAll(by);
    return labels;
  }

  public static String series(String metric, Map<String, String> labels) {
    return PromQl.selector(
        metric,
        labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> Matcher.equal(e.getKey(), e.getValue()))
            .toList());
  }

  private static Map<String, String> withoutWorkload(Map<String, String> labels) {
    Map<String, String> rest = new TreeMap<>(labels);
    rest.remove(MetricNames.LABEL_WORKLOAD);
    return rest;
  }

  private static String shortened(String name) {
    return name.length() > 40 ? name.substring(0, 40) : name;
  }
}
