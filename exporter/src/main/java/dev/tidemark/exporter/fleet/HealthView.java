package dev.tidemark.exporter.fleet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How targets are and what happened to workloads; never changes.
 *
 * @param targets ordered by target; each is among those of the series
 * @param workloads each with labels of its own
 */
public record HealthView(List<TargetView> targets, List<WorkloadView> workloads) {
  public static final HealthView NONE = new HealthView(List.of(), List.of());

  public HealthView {
    targets = List.copyOf(targets);
    Map<Map<String, String>, WorkloadView> byLabels = new LinkedHashMap<>();
    workloads.forEach(w -> byLabels.merge(w.labels(), w, WorkloadView::and));
    workloads = List.copyOf(byLabels.values());
  }

  /**
   * One of several sources'; a target that two have is the first's, as its series are.
   *
   * @param parts in the order of precedence
   */
  static HealthView merged(List<HealthView> parts) {
    List<TargetView> targets = new ArrayList<>();
    List<WorkloadView> workloads = new ArrayList<>();
    Set<Object> taken = new HashSet<>();
    for (HealthView part : parts) {
      List<TargetView> own =
          part.targets.stream()
              .filter(t -> !taken.contains(t.target()) && !taken.contains(t.labels()))
              .toList();
      own.forEach(t -> taken.addAll(List.of(t.target(), t.labels())));
      targets.addAll(own);
      workloads.addAll(part.workloads);
    }
    return new HealthView(targets, workloads);
  }
}
