package dev.tidemark.rules.imported;

import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.output.YamlText;
import dev.tidemark.toolkit.config.PromDuration;
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
import org.jspecify.annotations.Nullable;

/** Writes a specification as people would, and remembers which line is of which rule. */
final class SpecWriter {
  /** Of what a service holds: a rule that is a comment is one again without its marks. */
  private static final int INDENT = 4;

  private final Duration groupInterval;
  private final Comments comments;
  private final List<String> lines = new ArrayList<>();
  private final Map<Integer, List<Part>> ofLines = new HashMap<>();

  /** What a line is of, and where that stood. */
  record Part(FoundRule rule, Placed<?> said) {}

  /** Of the lines that are written now; the rule where nothing smaller is known. */
  private @Nullable Placed<?> at;

  private @Nullable FoundRule writing;

  /**
   * @param prometheus the release that reads all expressions
   * @param groupInterval as most groups say it
   * @param comments what stands above groups and rules
   */
  SpecWriter(String prometheus, Duration groupInterval, List<String> teams, Comments comments) {
    this.groupInterval = groupInterval;
    this.comments = comments;
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

  void service(Taken.Service service, IdentityHashMap<FoundRule, Problem> left) {
    comments.aboveGroupsOf(service.rules()).forEach(comment -> line("  " + comment));
    line("  - name: " + YamlText.quoted(service.name()));
    line("    team: " + YamlText.quoted(service.team()));
    service
        .says()
        .text(Importer.UNSAID, groupInterval)
        .filter(says -> !left.keySet().containsAll(service.rules()))
        .ifPresent(
            says -> {
              line("    group: " + says);
              ofLines.put(
                  lines.size(),
                  service.rules().stream().map(rule -> new Part(rule, whole(rule))).toList());
            });
    part("records", service, false, left);
    part("alerts", service, true, left);
  }

  private void part(
      String key, Taken.Service service, boolean alerts, IdentityHashMap<FoundRule, Problem> left) {
    List<FoundRule> rules =
        service.rules().stream().filter(rule -> rule.isAlert() == alerts).toList();
    boolean some = rules.stream().anyMatch(rule -> !left.containsKey(rule));
    if (some) {
      line("    " + key + ":");
    }
    for (FoundRule rule : rules) {
      int first = lines.size();
      writing = rule;
      at = null;
      rule(rule, service.name());
      writing = null;
      Problem why = left.get(rule);
      if (why != null) {
        for (int i = first; i < lines.size(); i++) {
          ofLines.remove(i + 1);
          lines.set(
              i,
              ("    # " + lines.get(i).substring(Math.min(INDENT, lines.get(i).length())))
                  .stripTrailing());
        }
        lines.add(
            first,
            "    # left out, "
                + why.place()
                + ": "
                + why.message().replaceAll("[\\s\\u0085\\u2028\\u2029]+", " "));
      }
    }
  }

  /** What the generator adds by itself is not written. */
  private void rule(FoundRule rule, String service) {
    comments.above(rule).forEach(comment -> line("      " + comment));
    at = rule.name();
    line("      - " + (rule.isAlert() ? "name" : "record") + ": " + text(rule.name()));
    at = rule.expr();
    expression(rule.expr().value().strip());
    duration("for", rule.forDuration());
    duration("keepFiringFor", rule.keepFiringFor());
    Optional.ofNullable(rule.labels().get("severity"))
        .filter(severity -> rule.isAlert())
        .ifPresent(
            severity -> {
              at = severity;
              line("        severity: " + text(severity));
            });
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
        .ifPresent(
            d -> {
              at = d;
              line("        " + key + ": " + PromDuration.format(d.value()));
            });
  }

  private static boolean isWorkload(Placed<String> label, FoundRule rule, String service) {
    return label.equals(rule.labels().get("workload")) && label.value().equals(service);
  }

  private void texts(String key, SortedMap<String, Placed<String>> texts) {
    if (texts.isEmpty()) {
      return;
    }
    line("        " + key + ":");
    texts.forEach(
        (name, text) -> {
          at = text;
          line("          " + YamlText.quoted(name) + ": " + text(text));
        });
  }

  private static String text(Placed<String> text) {
    return YamlText.quoted(text.value());
  }

  private void line(String line) {
    lines.add(line);
    FoundRule rule = writing;
    if (rule != null) {
      Placed<?> said = at;
      ofLines.put(lines.size(), List.of(new Part(rule, said == null ? whole(rule) : said)));
    }
  }

  private static Placed<?> whole(FoundRule rule) {
    return new Placed<>(rule.name().value(), rule.place());
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** The rules a problem of the written specification is about, and which part of each. */
  List<Part> parts(Problem problem) {
    return ofLines.getOrDefault(problem.place().line(), List.of());
  }
}
