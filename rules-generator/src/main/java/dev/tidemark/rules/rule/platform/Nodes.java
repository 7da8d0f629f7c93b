package dev.tidemark.rules.rule.platform;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What alerts about nodes have in common: they are of the cluster, whatever else is selected. */
final class Nodes {
  static final List<String> NODE = List.of("cluster", "node");

  private static final String NAME = "node-1";

  private Nodes() {}

  /** Of kube-state-metrics and of targets, whose labels are not the node's. */
  static List<Matcher> matchers(Selection selection, Matcher... more) {
    List<Matcher> matchers = new ArrayList<>(List.of(more));
    selection.all().stream().filter(m -> m.label().equals("cluster")).forEach(matchers::add);
    return matchers;
  }

  static void refuseOthers(Selection selection, Alert alert, Parameters with) {
    if (!matchers(selection).containsAll(selection.all())) {
      with.refuse(
          alert.place(),
          alert.use().map(use -> use.value() + " ").orElse("")
              + "is of nodes: needs a service with the selector {} or {cluster: …}");
    }
  }

  /** The labels an alert keeps. */
  static Map<String, String> labels(Selection selection) {
    Map<String, String> labels = new TreeMap<>(Map.of("node", NAME));
    String cluster = selection.value("cluster", "");
    if (!cluster.isEmpty()) {
      labels.put("cluster", cluster);
    }
    return labels;
  }

  /** A series that tells of the node. */
  static String series(Selection selection, String metric, String... labelsAndValues) {
    Map<String, String> labels = new TreeMap<>(selection.labels());
    labels.put("node", NAME);
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      labels.put(labelsAndValues[i], labelsAndValues[i + 1]);
    }
    return Fixture.series(metric, labels);
  }
}
