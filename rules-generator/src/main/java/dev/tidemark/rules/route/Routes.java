package dev.tidemark.rules.route;

import dev.tidemark.rules.model.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The routing tree that is written for Alertmanager, and which way an alert takes through it. Pure;
 * source: Route.Match in dispatch/route.go of Alertmanager.
 */
public record Routes(Route root) {
  /** Each team's alerts to its receiver, all others to the fallback. */
  public static Routes of(Routing routing) {
    List<Route> teams =
        routing.teams().stream()
            .map(
                team ->
                    new Route(
                        team.receiver(),
                        new TreeMap<>(Map.of("team", team.name())),
                        /* continues= */ false,
                        team.muted(),
                        team.active(),
                        List.of()))
            .toList();
    return new Routes(
        new Route(
            routing.fallback(),
            new TreeMap<>(),
            /* continues= */ false,
            List.of(),
            List.of(),
            teams));
  }

  /**
   * Who gets an alert with these labels: one entry a route it ends at, in their order, as {@code
   * amtool config routes test} tells. Never empty.
   *
   * @param labels of the alert, {@code alertname} among them
   */
  public List<String> receiversOf(Map<String, String> labels) {
    return routesOf(labels).stream().map(Route::receiver).toList();
  }

  /** The routes an alert ends at, in their order; never empty. */
  public List<Route> routesOf(Map<String, String> labels) {
    List<Route> found = new ArrayList<>();
    collect(root, labels, found);
    return found;
  }

  private static boolean collect(Route route, Map<String, String> labels, List<Route> found) {
    if (!route.matches(labels)) {
      return false;
    }
    boolean taken = false;
    for (Route child : route.routes()) {
      boolean matched = collect(child, labels, found);
      taken |= matched;
      if (matched && !child.continues()) {
        break;
      }
    }
    if (!taken) {
      found.add(route);
    }
    return true;
  }
}
