package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.rules.lint.Finding.Level;

/** A comparison with NaN, which equals nothing, not even itself. */
final class NanComparison implements Check {
  @Override
  public String id() {
    return "nan-comparison";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Binary.class)
        .filter(b -> b.op().isComparison() && (isNan(b.left()) || isNan(b.right())))
        .forEach(
            b ->
                report.add(
                    Level.ERROR,
                    b,
                    "NaN equals nothing, so this is "
                        + (b.op() == BinaryOp.NOT_EQ ? "always" : "never")
                        + " true",
                    "x != x, which only NaN is"));
  }

  private static boolean isNan(Expr side) {
    return side instanceof NumberLiteral number && Double.isNaN(number.value());
  }
}
