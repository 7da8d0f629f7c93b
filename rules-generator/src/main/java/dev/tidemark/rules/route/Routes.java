package dev.tidemark.rules.route;

import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.spec.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The routing tree that is written for Alertmanager, and which way an alert takes through it. Pure;
 * source: Route.Match in dispatch/route.go of Alertmanager.
 */
public record Routes(Route root) {
  /**
   * Each team's alerts to its receiver, critical ones to its pager first; others to the fallback.
   */
  public static Routes of(Routing routing) {
    List<Route> teams = new ArrayList<>();
    for (Routing.Team team : routing.teams()) {
      Map<String, String> all = Map.of("team", team.name());
      Map<String, String> critical =
          Map.of("team", team.name(), "severity", Severity.CRITICAL.label());
      team.pages().ifPresent(pager -> teams.add(route(team, pager, critical, true)));
      teams.add(route(team, team.receiver(), all, /* continues= */ false));
    }
    return new Routes(
        new Route(
            routing.fallback(),
            new TreeMap<>(),
            /* continues= */ false,
            List.of(),
            List.of(),
            teams));
  }

  private static Route route(
      Routing.Team team, String receiver, Map<String, String> match, boolean continues) {
    return new Route(
        receiver, new TreeMap<>(match), continues, team.muted(), team.active(), List.of());
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
