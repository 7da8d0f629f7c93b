package dev.tidemark.webhook.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert of a notification. Labels and annotations are untrusted text.
 *
 * @param labels by name, sorted
 * @param startsAt when it began to fire; peers of a pair may differ, so it is data and no key
 * @param endsAt when it resolved; null when not told (Alertmanager sends year 1 while it fires)
 * @param generatorUrl empty when absent
 */
public record Alert(
    AlertStatus status,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    Instant startsAt,
    @Nullable Instant endsAt,
    String generatorUrl,
    Fingerprint fingerprint) {

  public Alert {
    labels = copy(labels);
    annotations = copy(annotations);
  }

  /** The label {@code alertname}, or empty. */
  public String name() {
    return label("alertname");
  }

  /** The label {@code cluster}, or empty. */
  public String cluster() {
    return label("cluster");
  }

  /** The label's value, or empty: as in PromQL an absent label equals an empty one. */
  public String label(String name) {
    return labels.getOrDefault(name, "");
  }

  private static SortedMap<String, String> copy(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
