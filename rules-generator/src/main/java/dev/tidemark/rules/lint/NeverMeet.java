package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.flow.LabelFlow;
import dev.tidemark.rules.lint.Finding.Level;

/** An operator whose two sides have no labels in common to match by. */
final class NeverMeet implements Check {
  @Override
  public String id() {
    return "never-meet";
  }

  @Override
  public void look(Subject rule, Report report) {
    for (Binary b : LabelFlow.neverTrue(rule.expr())) {
      String labels = String.join(", ", LabelFlow.apart(b));
      report.add(
          Level.ERROR,
          b,
          "gives nothing, ever: one side always has " + labels + ", the other never has",
          "on (…) of labels both sides have, or ignoring (" + labels + ")");
    }
  }
}
