package dev.tidemark.rules.lint;

import dev.tidemark.rules.lint.Finding.Level;
import java.util.regex.Pattern;

/** An alert that is another alert at each evaluation. */
final class ValueInLabel implements Check {
  private static final Pattern VALUE =
      Pattern.compile("\\{\\{[^}]*(?:\\$value|\\.Value\\b)[^}]*\\}\\}");

  @Override
  public String id() {
    return "value-in-label";
  }

  @Override
  public void look(Subject rule, Report report) {
    if (!rule.rule().isAlert()) {
      return;
    }
    rule.rule()
        .labels()
        .forEach(
            (name, text) -> {
              if (VALUE.matcher(text.value()).find()) {
                report.add(
                    Level.ERROR,
                    text.place(),
                    "the label "
                        + name
                        + " holds the value: whenever that changes this is another alert, and for"
                        + " starts again",
                    "an annotation");
              }
            });
  }
}
