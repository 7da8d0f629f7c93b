package dev.tidemark.exporter.fleet;

import dev.tidemark.signals.metric.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Chooses the labels a target is shown with: an allow-list, and nothing under a name of ours. */
final class ShownLabels {
  private final List<String> add;
  private final Set<String> drop;

  ShownLabels(List<String> add, Set<String> drop) {
    this.add = add;
    this.drop = drop;
  }

  Map<String, String> of(TargetState target) {
    SortedMap<String, String> shown = new TreeMap<>(target.key.labels());
    for (String name : add) {
      String value = target.sourceLabels.getOrDefault(name, "");
      if (!value.isEmpty()) {
        shown.put(free(name), value);
      }
    }
    shown.put(MetricNames.LABEL_WORKLOAD, target.workload.id.name());
    shown.keySet().removeAll(drop);
    return Map.copyOf(shown);
  }

  private static String free(String name) {
    boolean ours = MetricNames.RESERVED.contains(name) || name.equals(MetricNames.LABEL_WORKLOAD);
    return ours ? "exported_" + name : name;
  }
}
