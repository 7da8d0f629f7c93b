package dev.tidemark.rules.imported;

import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.output.YamlText;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a specification as people would, and remembers which line is of which rule. */
final class SpecWriter {
  private final Duration groupInterval;
  private final List<String> lines = new ArrayList<>();
  private final Map<Integer, List<FoundRule>> ofLines = new HashMap<>();

  /**
   * @param prometheus the release that reads all expressions
   * @param groupInterval as most groups say it
   */
  SpecWriter(String prometheus, Duration groupInterval, List<String> teams) {
    this.groupInterval = groupInterval;
    line("# Imported from rule files. Teams and receivers are to be put right by hand.");
    line("apiVersion: tidemark/v1");
    line("target: {prometheus: " + YamlText.quoted(prometheus) + "}");
    line("defaults: {groupInterval: " + PromDuration.format(groupInterval) + "}");
    line("teams:");
    teams.forEach(team -> line("  - {name: " + YamlText.quoted(team) + ", receiver: nobody}"));
    line("receivers:");
    line("  - {name: nobody}");
    line("services:");
  }

  void service(Taken.Service service, IdentityHashMap<FoundRule, String> left) {
    line("  - name: " + YamlText.quoted(service.name()));
    line("    team: " + YamlText.quoted(service.team()));
    service
        .says()
        .text(Importer.UNSAID, groupInterval)
        .filter(says -> !left.keySet().containsAll(service.rules()))
        .ifPresent(
            says -> {
              line("    group: " + says);
              ofLines.put(lines.size(), service.rules());
            });
    part("records", service, false, left);
    part("alerts", service, true, left);
  }

  private void part(
      String key, Taken.Service service, boolean alerts, IdentityHashMap<FoundRule, String> left) {
    List<FoundRule> rules =
        service.rules().stream().filter(rule -> rule.isAlert() == alerts).toList();
    boolean some = rules.stream().anyMatch(rule -> !left.containsKey(rule));
    if (some) {
      line("    " + key + ":");
    }
    for (FoundRule rule : rules) {
      int first = lines.size();
      rule(rule, service.name());
      String why = left.get(rule);
      for (int i = first; i < lines.size(); i++) {
        if (why == null) {
          ofLines.put(i + 1, List.of(rule));
        } else {
          lines.set(i, "    # " + lines.get(i).strip());
        }
      }
      if (why != null) {
        lines.add(first, "    # left out, " + rule.place() + ": " + why.replaceAll("\\s+", " "));
      }
    }
  }

  /** What the generator adds by itself is not written. */
  private void rule(FoundRule rule, String service) {
    line("      - " + (rule.isAlert() ? "name" : "record") + ": " + text(rule.name()));
    expression(rule.expr().value().strip());
    duration("for", rule.forDuration());
    duration("keepFiringFor", rule.keepFiringFor());
    Optional.ofNullable(rule.labels().get("severity"))
        .filter(severity -> rule.isAlert())
        .ifPresent(severity -> line("        severity: " + text(severity)));
    SortedMap<String, Placed<String>> labels = new TreeMap<>(rule.labels());
    if (rule.isAlert()) {
      labels.keySet().removeAll(List.of("severity", "team"));
      labels.values().removeIf(label -> isWorkload(label, rule, service));
    }
    texts("labels", labels);
    texts("annotations", rule.annotations());
  }

  /** As it was written; in lines where it had some and every character can stand in them. */
  private void expression(String expr) {
    boolean inLines =
        expr.contains("\n")
            && expr.lines().allMatch(line -> line.equals(line.stripTrailing()))
            && expr.codePoints().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F));
    if (!inLines) {
      line("        expr: " + YamlText.quoted(expr.replaceAll("\\r?\\n", "\n")));
      return;
    }
    line("        expr: |");
    expr.lines().forEach(line -> line(line.isEmpty() ? "" : "          " + line));
  }

  private void duration(String key, Optional<Placed<Duration>> duration) {
    duration
        .filter(d -> !d.value().isZero())
        .ifPresent(d -> line("        " + key + ": " + PromDuration.format(d.value())));
  }

  private static boolean isWorkload(Placed<String> label, FoundRule rule, String service) {
    return label.equals(rule.labels().get("workload")) && label.value().equals(service);
  }

  private void texts(String key, SortedMap<String, Placed<String>> texts) {
    if (texts.isEmpty()) {
      return;
    }
    line("        " + key + ":");
    texts.forEach((name, text) -> line("          " + YamlText.quoted(name) + ": " + text(text)));
  }

  private static String text(Placed<String> text) {
    return YamlText.quoted(text.value());
  }

  private void line(String line) {
    lines.add(line);
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** The rules a problem of the written specification is about. */
  List<FoundRule> rules(Problem problem) {
    Place place = problem.place();
    return ofLines.getOrDefault(place.line(), List.of());
  }
}
