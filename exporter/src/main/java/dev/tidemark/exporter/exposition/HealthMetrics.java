package dev.tidemark.exporter.exposition;

import dev.tidemark.exporter.fleet.HealthView;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.fleet.WorkloadView;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.Finding.Verdict;
import dev.tidemark.signals.metric.MetricNames;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Instant;

/** Troubles, scores, restarts. By default a healthy target costs no series at all. */
final class HealthMetrics {
  private HealthMetrics() {}

  static void add(HealthView health, Families families, Outputs outputs, Instant now) {
    for (TargetView target : health.targets()) {
      if (target.isTrueAt(now)) {
        target(target, families, outputs);
      }
    }
    for (WorkloadView workload : health.workloads()) {
      Labels labels = JudgedMetrics.labels(workload.labels());
      families
          .counter(MetricNames.RESTARTS, Help.RESTARTS)
          .add(labels, (double) workload.restarts());
      families
          .counter(MetricNames.OOM_KILLS, Help.OOM_KILLS)
          .add(labels, (double) workload.oomKills());
    }
  }

  private static void target(TargetView target, Families families, Outputs outputs) {
    Labels labels = JudgedMetrics.labels(target.labels());
    for (Finding finding : target.findings()) {
      boolean shown = finding.isTrue() || (outputs.health() && finding.verdict() == Verdict.NO);
      if (shown) {
        families
            .of(MetricNames.TROUBLE, Help.TROUBLE)
            .add(
                labels.add(MetricNames.LABEL_CLASS, finding.trouble().label()),
                finding.isTrue() ? 1 : 0);
      }
    }
    if (outputs.health()) {
      families.of(MetricNames.HEALTH_SCORE, Help.HEALTH_SCORE).add(labels, target.score().score());
      target
          .score()
          .parts()
          .forEach(
              (part, value) ->
                  families
                      .of(MetricNames.HEALTH_PART, Help.HEALTH_PART)
                      .add(labels.add(MetricNames.LABEL_PART, part.label()), value));
    }
  }
}
