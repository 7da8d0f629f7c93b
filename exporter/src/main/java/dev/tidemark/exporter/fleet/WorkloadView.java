package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.health.Restart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What was counted of one container of a workload.
 *
 * @param labels cluster, namespace, workload, container; what there is of them
 * @param recent the last few restarts, oldest first
 */
public record WorkloadView(
    Map<String, String> labels, long restarts, long oomKills, List<Restart> recent) {
  private static final int REMEMBERED = 5;

  public WorkloadView {
    labels = Map.copyOf(labels);
    recent = List.copyOf(recent);
  }

  /** Two parts of one workload, that two sources have or that look alike with labels dropped. */
  WorkloadView and(WorkloadView other) {
    List<Restart> both = new ArrayList<>(recent);
    both.addAll(other.recent);
    both.sort(Comparator.comparingLong(Restart::atMillis));
    return new WorkloadView(
        labels,
        restarts + other.restarts,
        oomKills + other.oomKills,
        both.subList(Math.max(0, both.size() - REMEMBERED), both.size()));
  }
}
