package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.HealthScore;
import dev.tidemark.exporter.health.MemoryAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a target is, as it is shown.
 *
 * @param target the canonical text of the target
 * @param labels with the workload
 * @param findings one a class that is judged
 * @param score of all of it
 * @param memory where its memory is
 * @param withdrawnAt from when this is too old to be called true, epoch milliseconds
 */
public record TargetView(
    String target,
    Map<String, String> labels,
    List<Finding> findings,
    HealthScore score,
    MemoryAccount memory,
    long withdrawnAt) {
  public TargetView {
    labels = Map.copyOf(labels);
    findings = List.copyOf(findings);
  }

  /** Whether it still holds. */
  public boolean isTrueAt(Instant now) {
    return now.toEpochMilli() < withdrawnAt;
  }
}
