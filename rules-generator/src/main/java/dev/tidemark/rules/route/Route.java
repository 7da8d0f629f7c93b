package dev.tidemark.rules.route;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node of Alertmanager's routing tree.
 *
 * @param receiver who gets what ends here
 * @param match labels that must have these values; a label that is not there has the value {@code
 *     ""}; empty: everything
 * @param continues whether the routes behind this one are asked too
 * @param muted names of time intervals in which nothing is sent
 * @param active names of time intervals outside which nothing is sent; empty: always
 * @param routes asked in order, before this route takes the alert itself
 */
public record Route(
    String receiver,
    SortedMap<String, String> match,
    boolean continues,
    List<String> muted,
    List<String> active,
    List<Route> routes) {
  public Route {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    muted = List.copyOf(muted);
    active = List.copyOf(active);
    routes = List.copyOf(routes);
  }

  /** Whether an alert with these labels may come here at all. */
  public boolean matches(Map<String, String> labels) {
    return matches(match, labels);
  }

  /** As Alertmanager compares: what is not there is empty. */
  static boolean matches(Map<String, String> match, Map<String, String> labels) {
    return match.entrySet().stream().allMatch(m -> value(labels, m.getKey()).equals(m.getValue()));
  }

  static String value(Map<String, String> labels, String name) {
    return labels.getOrDefault(name, "");
  }
}
