package dev.tidemark.rules.route;

import dev.tidemark.promql.flow.LabelFlow;
import dev.tidemark.promql.flow.LabelSets;
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.model.Routing.Inhibition;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.toolkit.config.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Shows that every alert of every service reaches its team's receivers and no other, and that no
 * inhibition holds back what it does not know.
 */
public final class RoutingProof {
  private final Routing routing;
  private final Routes routes;
  private final Complaints complaints;

  public RoutingProof(Routing routing, Complaints complaints) {
    this.routing = routing;
    this.routes = Routes.of(routing);
    this.complaints = complaints;
  }

  public void check(List<ServiceRules> services) {
    Map<String, Routing.Team> teams =
        routing.teams().stream().collect(Collectors.toMap(Routing.Team::name, team -> team));
    for (ServiceRules service : services) {
      Routing.Team team = teams.get(service.service().team());
      if (team != null) {
        service.rules().forEach(rule -> arrives(service, rule.rule(), team));
      }
    }
    routing.inhibitions().forEach(inhibition -> isBounded(inhibition, services));
  }

  /** What a series brings cannot change the way: the route asks for labels of the rule alone. */
  private void arrives(ServiceRules service, Rule rule, Routing.Team team) {
    List<String> found = routes.receiversOf(labels(rule));
    List<String> needed = new ArrayList<>();
    if (Severity.CRITICAL.label().equals(rule.labels().get("severity"))) {
      team.pages().ifPresent(needed::add);
    }
    needed.add(team.receiver());
    if (!found.equals(needed)) {
      complaints.add(
          service.service().name(),
          rule.alert()
              + " reaches "
              + shown(found)
              + ", needs who gets it of team "
              + team.name()
              + ", "
              + shown(needed));
    }
  }

  private static String shown(List<String> receivers) {
    return receivers.stream().map(Shown::text).collect(Collectors.joining(", "));
  }

  /** Two alerts that have none of the labels to compare are equal to Alertmanager. */
  private void isBounded(Inhibition inhibition, List<ServiceRules> services) {
    Optional<String> source = unknowing(inhibition, inhibition.source(), services);
    Optional<String> target = unknowing(inhibition, inhibition.target(), services);
    if (source.isPresent() && target.isPresent()) {
      complaints.warn(
          inhibition.place(),
          "inhibit: "
              + source.get()
              + " holds back "
              + target.get()
              + " wherever it fires: neither has any of equal ("
              + String.join(", ", inhibition.equal())
              + ")");
    }
  }

  private static Optional<String> unknowing(
      Inhibition inhibition, Map<String, String> match, List<ServiceRules> services) {
    for (ServiceRules service : services) {
      for (TestedRule tested : service.rules()) {
        Rule rule = tested.rule();
        if (Route.matches(fixed(match, rule), labels(rule))
            && inhibition.equal().stream().noneMatch(label -> mayHave(rule, label))
            && match.keySet().stream().allMatch(label -> mayHave(rule, label))) {
          return Optional.of(rule.alert() + " of " + service.service().name().value());
        }
      }
    }
    return Optional.empty();
  }

  /** Of what must match, the labels that the rule itself sets. */
  private static Map<String, String> fixed(Map<String, String> match, Rule rule) {
    Map<String, String> fixed = new TreeMap<>(match);
    fixed.keySet().retainAll(labels(rule).keySet());
    return fixed;
  }

  private static boolean mayHave(Rule rule, String label) {
    if (labels(rule).containsKey(label)) {
      return !labels(rule).getOrDefault(label, "").isEmpty();
    }
    LabelSets flow = LabelFlow.of(rule.expr().node());
    return flow.presence(label) != Presence.NEVER;
  }

  private static Map<String, String> labels(Rule rule) {
    Map<String, String> labels = new TreeMap<>(rule.labels());
    labels.put("alertname", rule.alert());
    return labels;
  }
}
