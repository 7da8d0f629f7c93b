package dev.tidemark.signals.target;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is judged: {@code namespace, pod, container} (with {@code cluster} where it is set), else
 * {@code job, instance}. cAdvisor's series carry the kubelet's job and instance, so those do not
 * count where there is a pod. Labels are never empty; order is by name.
 */
public record TargetKey(SortedMap<String, String> labels) {
  /** The labels an expression must keep so that {@link #of} finds its target. */
  public static final String GROUPING = "cluster, namespace, pod, container, job, instance";

  private static final String PLACEHOLDER = "$target";

  public TargetKey {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("a target has at least one label");
    }
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** The target of a series, or empty where its labels name none. */
  public static Optional<TargetKey> of(Map<String, String> series) {
    SortedMap<String, String> key = new TreeMap<>();
    if (!series.getOrDefault("pod", "").isEmpty()) {
      keep(series, key, "namespace", "pod", "container");
    } else {
      keep(series, key, "job", "instance");
    }
    if (key.isEmpty()) {
      return Optional.empty();
    }
    keep(series, key, "cluster");
    return Optional.of(new TargetKey(key));
  }

  /** Puts {@link #GROUPING} where an expression says {@code $target}. */
  public static String inPlaceOfTarget(String expr) {
    return expr.replace(PLACEHOLDER, GROUPING);
  }

  private static void keep(Map<String, String> from, Map<String, String> to, String... names) {
    for (String name : names) {
      String value = from.getOrDefault(name, "");
      if (!value.isEmpty()) {
        to.put(name, value);
      }
    }
  }
}
