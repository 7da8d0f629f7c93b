package dev.tidemark.rules.lint;

import dev.tidemark.rules.lint.Finding.Level;

/** An alert that does not say what to do. */
final class MissingRunbook implements Check {
  @Override
  public String id() {
    return "missing-runbook";
  }

  @Override
  public void look(Subject rule, Report report) {
    boolean told =
        rule.rule().annotations().containsKey("runbook_url")
            || rule.rule().annotations().containsKey("runbook");
    if (rule.rule().isAlert() && !told) {
      report.add(
          Level.INFO,
          rule.rule().place(),
          "names no runbook",
          "annotations: {runbook_url: …}; in a specification defaults: {runbook: …}");
    }
  }
}
