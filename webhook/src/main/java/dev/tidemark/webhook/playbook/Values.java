package dev.tidemark.webhook.playbook;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code $name} stands for: first our own words, then the labels of the alert. A label that
 * has one of our names is not reachable; an absent or empty label has no value.
 */
public final class Values {
  /** Our own words; a playbook's page lists them. */
  public static final Set<String> OWN =
      Set.of("stepId", "episode", "target", "workload", "finding", "outcome", "startsAt");

  private final Map<String, String> own;
  private final Map<String, String> labels;

  public Values(Map<String, String> own, Map<String, String> labels) {
    this.own = Map.copyOf(own);
    this.labels = Map.copyOf(labels);
  }

  public Optional<String> find(String name) {
    String value = OWN.contains(name) ? own.get(name) : labels.get(name);
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  public Values with(String name, String value) {
    Map<String, String> more = new TreeMap<>(own);
    more.put(name, value);
    return new Values(more, labels);
  }

  /** The value; MissingValueException when the alert has no such label. */
  String need(String name) {
    return find(name).orElseThrow(() -> new MissingValueException(name));
  }
}
