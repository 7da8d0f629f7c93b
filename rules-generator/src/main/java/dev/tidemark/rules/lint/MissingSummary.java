package dev.tidemark.rules.lint;

import dev.tidemark.rules.lint.Finding.Level;

/** An alert that does not say what happens. */
final class MissingSummary implements Check {
  @Override
  public String id() {
    return "missing-summary";
  }

  @Override
  public void look(Subject rule, Report report) {
    boolean told =
        rule.rule().annotations().containsKey("summary")
            || rule.rule().annotations().containsKey("description")
            || rule.rule().annotations().containsKey("message");
    if (rule.rule().isAlert() && !told) {
      report.add(
          Level.WARNING,
          rule.rule().place(),
          "has neither summary nor description: whoever is woken learns a name",
          "annotations: {summary: …}");
    }
  }
}
