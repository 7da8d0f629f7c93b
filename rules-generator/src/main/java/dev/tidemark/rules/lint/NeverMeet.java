package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
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
    rule.all(Binary.class)
        .filter(b -> LabelFlow.apart(b).isEmpty() && !LabelFlow.aside(b).isEmpty())
        .forEach(b -> aside(b, report));
  }

  private static void aside(Binary b, Report report) {
    String labels = String.join(", ", LabelFlow.aside(b));
    report.add(
        Level.WARNING,
        b,
        (b.op() == BinaryOp.UNLESS ? "leaves out" : "gives something for")
            + " only series without "
            + labels
            + ": one side of on (…) never has it",
        "on (…) of labels both sides have");
  }
}
