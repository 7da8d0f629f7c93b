package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.lint.Finding.Level;
import java.util.Set;

/** An alert that fires for every series, whatever its value. */
final class NoCondition implements Check {
  private static final Set<String> CONDITIONS = Set.of("absent", "absent_over_time", "vector");

  @Override
  public String id() {
    return "no-condition";
  }

  @Override
  public void look(Subject rule, Report report) {
    if (rule.rule().isAlert() && !isCondition(rule.expr())) {
      report.add(
          Level.WARNING,
          rule.expr(),
          "fires for every series there is, whatever its value: nothing is compared",
          "a comparison without bool; vector(1) for an alert that always fires");
    } else if (rule.rule().isAlert()
        && isAlwaysThere(rule.expr())
        && rule.all(VectorSelector.class).findAny().isPresent()) {
      report.add(
          Level.WARNING,
          rule.expr(),
          "always fires: where the rest gives nothing, vector(…) does",
          "the comparison behind it: (a or vector(0)) > 1");
    }
  }

  /** Whether it gives something whatever there is, and nobody compares that. */
  private static boolean isAlwaysThere(Expr expr) {
    if (expr instanceof Binary b) {
      return b.op() == BinaryOp.OR && (isAlwaysThere(b.left()) || isAlwaysThere(b.right()));
    }
    if (expr instanceof Aggregation a) {
      return isAlwaysThere(a.expr());
    }
    return expr instanceof Call call && call.function().name().equals("vector");
  }

  /** Whether it leaves something out; a recorded or plain selector of some value may be made so. */
  private static boolean isCondition(Expr expr) {
    if (expr instanceof Binary b) {
      boolean filters = b.op().isComparison() && !b.bool();
      boolean chooses = b.op().isSet() && !b.op().sign().equals("or");
      return filters || chooses || isCondition(b.left()) || isCondition(b.right());
    }
    if (expr instanceof Aggregation a) {
      return isCondition(a.expr());
    }
    if (expr instanceof Call call) {
      return CONDITIONS.contains(call.function().name())
          || call.arguments().stream().anyMatch(NoCondition::isCondition);
    }
    return (expr instanceof VectorSelector selector && selector.name().equals("ALERTS"))
        || expr.parts().stream().anyMatch(NoCondition::isCondition);
  }
}
