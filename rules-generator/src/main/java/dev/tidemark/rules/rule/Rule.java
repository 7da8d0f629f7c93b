package dev.tidemark.rules.rule;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alerting rule, ready to be written.
 *
 * @param alert the alert's name
 * @param expr what Prometheus evaluates
 * @param text of it as it is written: ours printed, a user's as the user wrote it
 * @param labels without templates
 */
public record Rule(
    String alert,
    Expr expr,
    String text,
    Duration forDuration,
    Duration keepFiringFor,
    SortedMap<String, String> labels,
    SortedMap<String, Template> annotations) {
  public Rule {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /** A map that is sorted by name, for labels and annotations. */
  static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return new TreeMap<>(map);
  }
}
