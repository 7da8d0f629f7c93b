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
  private static final String ITS_OWN = "";

  private final Service service;
  private final Selection selection;

  /** What the name of the pod has between the service's and the hash. */
  private final String course;

  public Fixture(Service service) {
    this(service, ITS_OWN);
  }

  private Fixture(Service service, String course) {
    this.service = service;
    this.selection = service.selection();
    this.course = course;
  }

  /**
   * A target of another workload, so that tests can run side by side; the same where the selector
   * has but one.
   *
   * @param named a word, in lower case
   */
  public Fixture beside(String named) {
    return new Fixture(service, "-" + named);
  }

  /** The labels of the target itself. */
  public SortedMap<String, String> target() {
    SortedMap<String, String> labels = new TreeMap<>();
    if (selection.scope() == Scope.JOBS) {
      labels.put("job", selection.value("job", service.name().value()));
      labels.put("instance", selection.value("instance", "10.0.0.1:8080"));
    } else {
      labels.putAll(inPod());
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

  private Map<String, String> inPod() {
    return Map.of(
        "namespace", selection.value("namespace", "shop"),
        "pod",
            selection.value(
                "pod", shortened(service.name().value()) + course + "-7d4b9c6f58-x2x4z"),
        "container", selection.value("container", "app"));
  }

  /** The labels of the container the target runs in, whatever its selector says. */
  public SortedMap<String, String> container() {
    SortedMap<String, String> labels = new TreeMap<>(inPod());
    String cluster = selection.value("cluster", "");
    if (!cluster.isEmpty()) {
      labels.put("cluster", cluster);
    }
    return labels;
  }

  /** A series that cAdvisor or kube-state-metrics tells of the container. */
  public String container(String metric, String... labelsAndValues) {
    Map<String, String> labels = new TreeMap<>(container());
    labels.put("job", "kubelet");
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      labels.put(labelsAndValues[i], labelsAndValues[i + 1]);
    }
    return series(metric, labels);
  }

  /** A series the process exposes itself; it carries every label of its scrape. */
  public String process(String metric, String... labelsAndValues) {
    Map<String, String> labels = new TreeMap<>(target());
    labels.putAll(withoutWorkload(selection.labels()));
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      labels.put(labelsAndValues[i], labelsAndValues[i + 1]);
    }
    return series(metric, labels);
  }

  /** The same of a process in a container. */
  public String processInPod(String metric, String... labelsAndValues) {
    List<String> more = new ArrayList<>(List.of(labelsAndValues));
    inPod().forEach((name, value) -> more.addAll(List.of(name, value)));
    return process(metric, more.toArray(String[]::new));
  }

  /** What gives the container to the service, where its selector has labels that others lack. */
  public List<Scenario.Input> membershipOfPod() {
    boolean joined = selection.scope() == Scope.JOBS || !selection.joinOn().isEmpty();
    return joined
        ? List.of(
            Scenario.Input.steady(
                processInPod(SourceMetrics.GO_INFO, "version", "go1.19.8"), /* value= */ 1))
        : List.of();
  }

  /** The labels an alert over the container gets when it is grouped by these. */
  public Map<String, String> groupedOfPod(List<String> by) {
    Map<String, String> labels = new TreeMap<>(container());
    labels.keySet().retainAll(by);
    return labels;
  }

  /** A series the exporter shows of the target. */
  public String exposed(String metric, String signal, String replica) {
    return exposed(target(), metric, MetricNames.LABEL_SIGNAL, signal, replica);
  }

  /** The same of a target, with another label. */
  public String exposed(
      Map<String, String> target, String metric, String label, String value, String replica) {
    Map<String, String> labels = new LinkedHashMap<>(target);
    labels.put(MetricNames.LABEL_WORKLOAD, workload());
    labels.put(label, value);
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
