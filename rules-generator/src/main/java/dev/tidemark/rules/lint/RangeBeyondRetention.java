package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;

/** A look further back than the server remembers. */
final class RangeBeyondRetention implements Check {
  @Override
  public String id() {
    return "range-beyond-retention";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.settings()
        .retention()
        .ifPresent(retention -> look(rule.expr(), Duration.ZERO, retention, report));
  }

  /**
   * @param before how far what stands around it looks back
   */
  private static void look(Expr expr, Duration before, Duration retention, Report report) {
    Duration back = before;
    if (expr instanceof MatrixSelector matrix) {
      back = back.plus(matrix.range()).plus(offset(matrix.selector().modifiers()));
    } else if (expr instanceof Subquery subquery) {
      back = back.plus(subquery.range()).plus(offset(subquery.modifiers()));
    } else if (expr instanceof VectorSelector selector) {
      back = back.plus(offset(selector.modifiers()));
    }
    if (back.compareTo(retention) > 0) {
      report.add(
          Level.WARNING,
          expr,
          "looks back "
              + PromDuration.format(back)
              + ", and the server keeps "
              + PromDuration.format(retention),
          "a range within the retention, or a longer retention");
      return;
    }
    if (!(expr instanceof MatrixSelector)) {
      for (Expr part : expr.parts()) {
        look(part, back, retention, report);
      }
    }
  }

  private static Duration offset(Modifiers modifiers) {
    return modifiers.offset().isNegative() ? Duration.ZERO : modifiers.offset();
  }
}
