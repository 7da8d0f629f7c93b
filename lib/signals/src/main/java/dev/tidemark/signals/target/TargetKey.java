package dev.tidemark.signals.target;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is judged: {@code namespace, pod, container} (with {@code cluster} where it is set), else
 * {@code job, instance}. cAdvisor's series carry the kubelet's job and instance, so those do not
 * count where there is a pod. Labels are never empty. Each sample that is read looks one up, so it
 * is an array and not a map.
 */
public final class TargetKey {
  /** The labels an expression must keep so that {@link #of} finds its target. */
  public static final String GROUPING = "cluster, namespace, pod, container, job, instance";

  private static final String PLACEHOLDER = "$target";
  private static final List<String> OF_PODS = List.of("cluster", "container", "namespace", "pod");
  private static final int CONTAINER = 1;
  private static final List<String> OTHERS = List.of("cluster", "instance", "job");

  private final List<String> names;
  private final @Nullable String[] values;

  private TargetKey(List<String> names, @Nullable String[] values) {
    this.names = names;
    this.values = values;
  }

  /** The target of a series, or empty where its labels name none. */
  public static Optional<TargetKey> of(Map<String, String> series) {
    List<String> names = present(series, "pod") == null ? OTHERS : OF_PODS;
    @Nullable String[] values = new String[names.size()];
    boolean named = false;
    for (int i = 0; i < values.length; i++) {
      values[i] = present(series, names.get(i));
      named |= i > 0 && values[i] != null; // the cluster alone is nobody
    }
    return named ? Optional.of(new TargetKey(names, values)) : Optional.empty();
  }

  private static @Nullable String present(Map<String, String> series, String name) {
    String value = series.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Its labels, in order of their names; the caller's own. */
  public SortedMap<String, String> labels() {
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      if (value != null) {
        labels.put(names.get(i), value);
      }
    }
    return labels;
  }

  /** Whether it is a pod with all its containers. */
  public boolean isPod() {
    return names.equals(OF_PODS) && values[CONTAINER] == null;
  }

  /** The whole pod; the target itself where there is none. */
  public TargetKey pod() {
    if (isPod() || !names.equals(OF_PODS)) {
      return this;
    }
    @Nullable String[] whole = values.clone();
    whole[CONTAINER] = null;
    return new TargetKey(names, whole);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TargetKey key
        && names.equals(key.names)
        && Arrays.equals(values, key.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return labels().toString();
  }

  /** Puts {@link #GROUPING} where an expression says {@code $target}. */
  public static String inPlaceOfTarget(String expr) {
    return expr.replace(PLACEHOLDER, GROUPING);
  }
}
