package dev.tidemark.rules.rule;

import dev.tidemark.promql.flow.LabelFlow;
import dev.tidemark.promql.flow.LabelSets;
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import java.util.List;
import java.util.Set;

/**
 * How many series a service's rules add at most: what they record, and {@code ALERTS} and {@code
 * ALERTS_FOR_STATE} of each alert while all its targets fire.
 *
 * @param service its name
 * @param targets how many it has
 * @param recordedEach recording rules that write a series a target
 * @param alertsEach alerts that tell targets apart
 * @param recorded recording rules that write one series for all
 * @param alerts alerts that tell no targets apart
 */
public record SeriesAdded(
    String service, long targets, long recordedEach, long alertsEach, long recorded, long alerts) {
  /** What the first part of a recorded name says of many targets at once. */
  private static final Set<String> OF_ALL = Set.of("workload", "service", "job", "namespace");

  private static final int AN_ALERT = 2;

  public static SeriesAdded of(ServiceRules rules, int targets) {
    long recorded = rules.recordings().stream().filter(SeriesAdded::isOfAll).count();
    long alerts = rules.rules().stream().filter(SeriesAdded::isOfAll).count();
    return new SeriesAdded(
        rules.service().name().value(),
        targets,
        rules.recordings().size() - recorded,
        rules.rules().size() - alerts,
        recorded,
        alerts);
  }

  public static long total(List<SeriesAdded> services) {
    return services.stream().mapToLong(SeriesAdded::count).sum();
  }

  public long count() {
    return targets * (recordedEach + AN_ALERT * alertsEach) + recorded + AN_ALERT * alerts;
  }

  /** {@code payments: 40 targets × (12 recorded + 2 × 3 alerts) + 4 recorded + 2 × 1 = 726}. */
  public String arithmetic() {
    return "%s: %d targets × (%d recorded + 2 × %d alerts) + %d recorded of all + 2 × %d alerts of all = %d"
        .formatted(service, targets, recordedEach, alertsEach, recorded, alerts, count());
  }

  private static boolean isOfAll(Recording recording) {
    return recording.isOurs()
        ? OF_ALL.contains(recording.record().substring(0, recording.record().indexOf(':')))
        : isOfAll(recording.expr());
  }

  private static boolean isOfAll(TestedRule tested) {
    return isOfAll(tested.rule().expr());
  }

  private static boolean isOfAll(Expr expr) {
    LabelSets labels = LabelFlow.of(expr.node());
    return labels.presence("pod") == Presence.NEVER
        && labels.presence("instance") == Presence.NEVER;
  }
}
