package dev.tidemark.rules.route;

import dev.tidemark.promql.flow.LabelFlow;
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.InhibitSpec;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Nearest;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Warns of inhibitions that hold back nothing because of a slip: a severity or team that does not
 * exist, a value nearly that of an alert, a named alert that never has the other labels. They may
 * be meant for alerts of other rule files, and one for critical alerts may stand there before the
 * first of them, so what could be right is not told.
 */
public final class InhibitedAlerts {
  private static final List<String> SEVERITIES =
      Arrays.stream(Severity.values()).map(Severity::label).toList();

  private final List<Rule> rules;
  private final Collection<String> teams;
  private final Complaints complaints;

  /**
   * @param teams of the specification
   */
  public InhibitedAlerts(
      List<ServiceRules> services, Collection<String> teams, Complaints complaints) {
    this.rules = services.stream().flatMap(s -> s.rules().stream()).map(TestedRule::rule).toList();
    this.teams = List.copyOf(teams);
    this.complaints = complaints;
  }

  public void check(List<InhibitSpec> inhibitions) {
    for (InhibitSpec inhibition : inhibitions) {
      check("source", inhibition.place(), inhibition.source());
      check("target", inhibition.place(), inhibition.target());
    }
  }

  private void check(String side, Place place, Map<String, Placed<String>> matchers) {
    boolean known = true;
    for (Map.Entry<String, Placed<String>> matcher : matchers.entrySet()) {
      String label = matcher.getKey();
      Placed<String> value = matcher.getValue();
      Optional<String> slip = slip(label, value.value());
      slip.ifPresent(hint -> complaints.warn(value, side + ": " + none(label, value) + hint));
      known &= slip.isEmpty();
    }
    Placed<String> alert = matchers.get("alertname");
    if (known && alert != null && isOurs(alert.value()) && noneMatches(matchers)) {
      complaints.warn(
          place,
          side
              + ": "
              + Shown.text(alert.value())
              + " never has all of these labels, so nothing is held back");
    }
  }

  private static String none(String label, Placed<String> value) {
    return "no alert has " + label + " " + Shown.text(value.value()) + ", so nothing is held back";
  }

  /** What would be right instead of a value that nothing has; empty where it may be right. */
  private Optional<String> slip(String label, String value) {
    return switch (label) {
      case "severity" -> slip(value, SEVERITIES);
      case "team" -> slip(value, teams);
      default ->
          rules.stream().anyMatch(rule -> mayMatch(rule, label, value))
              ? Optional.empty()
              : Nearest.of(value, values(label)).map(InhibitedAlerts::meant);
    };
  }

  private static Optional<String> slip(String value, Collection<String> all) {
    if (value.isEmpty() || all.contains(value)) {
      return Optional.empty();
    }
    return Nearest.of(value, all)
        .map(InhibitedAlerts::meant)
        .or(() -> Optional.of(", there " + (all.size() == 1 ? "is " : "are ") + some(all)));
  }

  private static String meant(String near) {
    return ", did you mean " + near + "?";
  }

  private static String some(Collection<String> values) {
    int most = 10;
    String some = String.join(", ", values.stream().limit(most).toList());
    return values.size() > most ? some + " …" : some;
  }

  private boolean isOurs(String alert) {
    return rules.stream().anyMatch(rule -> rule.alert().equals(alert));
  }

  private Set<String> values(String label) {
    Set<String> values = new TreeSet<>();
    rules.forEach(rule -> values.add(labels(rule).getOrDefault(label, "")));
    values.remove("");
    return values;
  }

  private boolean noneMatches(Map<String, Placed<String>> matchers) {
    return rules.stream()
        .noneMatch(
            rule ->
                matchers.entrySet().stream()
                    .allMatch(m -> mayMatch(rule, m.getKey(), m.getValue().value())));
  }

  /** A label that the rule does not set may come from the series with any value. */
  private static boolean mayMatch(Rule rule, String label, String value) {
    Map<String, String> labels = labels(rule);
    return labels.containsKey(label)
        ? labels.getOrDefault(label, "").equals(value)
        : value.isEmpty() || LabelFlow.of(rule.expr().node()).presence(label) != Presence.NEVER;
  }

  private static Map<String, String> labels(Rule rule) {
    Map<String, String> labels = new TreeMap<>(rule.labels());
    labels.put("alertname", rule.alert());
    return labels;
  }
}
