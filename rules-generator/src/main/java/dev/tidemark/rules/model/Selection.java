package dev.tidemark.rules.model;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.signals.metric.MetricNames;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which series are a service's, and by which labels an alert tells its targets apart.
 *
 * <p>What Tidemark's exporter and cAdvisor expose of a pod has no job of the service, so only some
 * labels of a selector can be asked of them directly; the others are asked of {@code go_info} and
 * joined.
 *
 * @param scope how targets are named
 * @param labels the selector as it was written
 * @param direct the matchers that every series of a target has
 * @param joinOn the labels to join {@code go_info} on, empty where nothing needs joining
 * @param joined the matchers to ask of {@code go_info}
 * @param identity the labels that tell targets apart
 * @param remembered how long a series counts on that a scrape missed, so that one failed scrape
 *     does not start the wait of an alert again
 */
public record Selection(
    Scope scope,
    SortedMap<String, String> labels,
    List<Matcher> direct,
    List<String> joinOn,
    List<Matcher> joined,
    List<String> identity,
    Duration remembered) {
  private static final Set<String> OF_PROCESSES = Set.of("job", "instance");

  /** How the targets of a service are named. */
  public enum Scope {
    PODS,
    JOBS,
    EITHER
  }

  public Selection {
    direct = List.copyOf(direct);
    joinOn = List.copyOf(joinOn);
    joined = List.copyOf(joined);
    identity = List.copyOf(identity);
  }

  /** The selector as matchers, for series that carry all its labels. */
  public List<Matcher> all() {
    return labels.entrySet().stream().map(e -> Matcher.equal(e.getKey(), e.getValue())).toList();
  }

  /**
   * What {@code go_info} of the service's targets carries: all but what only the exporter knows.
   */
  public List<Matcher> members() {
    return all().stream().filter(m -> !m.label().equals(MetricNames.LABEL_WORKLOAD)).toList();
  }

  /** The matchers that series of a pod have, whoever exposes them. */
  public List<Matcher> ofPods() {
    return direct.stream().filter(m -> !OF_PROCESSES.contains(m.label())).toList();
  }

  /** The value the selector demands of a label, else another. */
  public String value(String label, String otherwise) {
    String value = labels.get(label);
    return value == null ? otherwise : value;
  }
}
