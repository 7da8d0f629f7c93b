package dev.tidemark.rules.lint;

import dev.tidemark.promql.flow.LabelFlow;
import dev.tidemark.promql.flow.LabelSets;
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A template that names a label which the expression does not give. */
final class TemplateLabel implements Check {
  private static final Pattern ACTION = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile("\\$labels\\.([a-zA-Z_][a-zA-Z0-9_]*)|index \\$labels \"([^\"]+)\"");

  @Override
  public String id() {
    return "template-label";
  }

  @Override
  public void look(Subject rule, Report report) {
    if (rule.rule().isAlert()) {
      LabelSets labels = LabelFlow.of(rule.expr());
      look(rule.rule().annotations(), "annotation", labels, rule, report);
      look(rule.rule().labels(), "label", labels, rule, report);
    }
  }

  private static void look(
      Map<String, Placed<String>> texts,
      String what,
      LabelSets labels,
      Subject rule,
      Report report) {
    texts.forEach(
        (name, text) -> {
          TreeSet<String> missing = new TreeSet<>();
          Matcher action = ACTION.matcher(text.value());
          while (action.find()) {
            Matcher label = LABEL.matcher(action.group(1));
            while (label.find()) {
              String found = label.group(1) == null ? label.group(2) : label.group(1);
              if (labels.presence(found) == Presence.NEVER) {
                missing.add(found);
              }
            }
          }
          for (String label : missing) {
            boolean own = rule.rule().labels().containsKey(label);
            report.add(
                Level.WARNING,
                text.place(),
                "the "
                    + what
                    + " "
                    + name
                    + " shows nothing for $labels."
                    + label
                    + ": "
                    + (own
                        ? "templates see the series' labels, not those the rule adds"
                        : "the expression gives no series with it"),
                own
                    ? "write its value out"
                    : "keep it in the expression's by (…), or leave it out");
          }
        });
  }
}
