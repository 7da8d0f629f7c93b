package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Names;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.model.Settings;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Labels and annotations of rules, ours and the user's, checked. */
final class RuleTexts {
  private static final Pattern ESCAPED_FFFD = Pattern.compile("\\\\(?:u|U0000)[fF]{3}[dD]");
  private static final int LONGEST = 10_000;
  private static final Set<String> RESERVED = Set.of("alertname", "severity", "team", "workload");

  private final Settings settings;
  private final Complaints complaints;

  RuleTexts(Settings settings, Complaints complaints) {
    this.settings = settings;
    this.complaints = complaints;
  }

  String alertName(Placed<String> where, String name) {
    if (!AlertName.isAllowed(name)) {
      complaints.add(
          where,
          "name: found "
              + Shown.text(name)
              + ", needs 1 to 200 characters that can all be seen, as in QueueStuck");
    }
    return name;
  }

  /** Whether it is one that can be read at all. */
  boolean expression(String key, Placed<String> expr) {
    int before = complaints.problems().size();
    if (!Names.isHeldByRules(expr.value()) || ESCAPED_FFFD.matcher(expr.value()).find()) {
      complaints.add(expr, key + ": holds U+FFFD, which no rule can hold");
    }
    if (expr.value().isBlank() || expr.value().length() > LONGEST) {
      complaints.add(
          expr, key + ": needs 1 to " + LONGEST + " characters, found " + expr.value().length());
    }
    return complaints.problems().size() == before;
  }

  SortedMap<String, String> labels(
      Service service, Alert alert, Severity severity, boolean workloadOfSeries) {
    SortedMap<String, String> labels = new TreeMap<>();
    Set<String> ours = new TreeSet<>(RESERVED);
    ours.addAll(service.selection().identity());
    alert
        .labels()
        .forEach(
            (name, value) -> {
              if (ours.contains(name) || !Matcher.isLabelName(name) || name.startsWith("__")) {
                complaints.add(
                    value,
                    "labels: found "
                        + Shown.text(name)
                        + ", needs a label name that is none of ours ("
                        + String.join(", ", ours)
                        + ")");
              } else if (value.value().contains("{{")
                  || value.value().length() > 1024
                  || !Names.isHeldByRules(value.value())) {
                complaints.add(
                    value,
                    "labels: the value of "
                        + name
                        + " needs at most 1024 characters, no U+FFFD and no template: an alert is told apart"
                        + " by its labels");
              } else {
                labels.put(name, value.value());
              }
            });
    labels.put("severity", severity.label());
    labels.put("team", service.team());
    if (!workloadOfSeries) {
      labels.put(MetricNames.LABEL_WORKLOAD, service.name().value());
    }
    return labels;
  }

  SortedMap<String, Template> annotations(
      Alert alert, String alertName, String summary, Template description) {
    SortedMap<String, Template> annotations = new TreeMap<>();
    annotations.put("summary", Template.of(summary));
    annotations.put("description", description);
    String runbook = alert.runbook().map(Placed::value).orElse(settings.runbook());
    if (!runbook.isEmpty()) {
      annotations.put(
          "runbook_url", Template.of(runbook.replace("{alert}", AlertName.encoded(alertName))));
    }
    alert
        .annotations()
        .forEach(
            (name, value) -> {
              if (!Matcher.isLabelName(name) || value.value().length() > LONGEST) {
                complaints.add(
                    value,
                    "annotations: found "
                        + Shown.text(name)
                        + ", needs a name of letters and digits and at most "
                        + LONGEST
                        + " characters of text");
                return;
              }
              try {
                annotations.put(name, Template.parse(value.value()));
              } catch (IllegalArgumentException e) {
                complaints.add(value, "annotations: " + e.getMessage());
              }
            });
    return annotations;
  }
}
