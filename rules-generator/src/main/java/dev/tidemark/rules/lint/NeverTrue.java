package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.type.ValueType;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.toolkit.config.Shown;

/** A comparison that no value passes: {@code count(x) == 0}, {@code x > 5 and x < 3}. */
final class NeverTrue implements Check {
  @Override
  public String id() {
    return "never-true";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(VectorSelector.class).forEach(selector -> selector(selector, report));
    rule.all(Binary.class).forEach(b -> itself(b, report));
    Ranges ranges = new Ranges(rule.metrics());
    rule.all(Binary.class)
        .filter(b -> b.matching().fill().equals(Matching.Fill.NONE))
        .forEach(
            b -> {
              if (b.op().isComparison() && !b.bool()) {
                comparison(b, ranges, report);
              } else if (b.op() == BinaryOp.AND) {
                both(b, ranges, report);
              }
            });
  }

  /** Two conditions of one label that exclude each other; of two patterns nobody can say. */
  private static void selector(VectorSelector selector, Report report) {
    for (Matcher is : selector.matchers()) {
      for (Matcher other : selector.matchers()) {
        if (is.op() == Matcher.Op.EQ
            && other.label().equals(is.label())
            && !other.passes().test(is.value())) {
          report.add(
              Level.ERROR,
              selector,
              "selects nothing, ever: no series has " + text(is) + " and " + text(other),
              is.label() + "=~\"a|b\" for either of two values");
          return;
        }
      }
    }
  }

  private static String text(Matcher matcher) {
    return matcher.label() + matcher.op().sign() + Shown.text(matcher.value());
  }

  /** All of it is left out: {@code x unless x}, {@code x == 0 unless x}. */
  private static void itself(Binary b, Report report) {
    if (b.op() == BinaryOp.UNLESS && isPartOf(b.left(), b.right())) {
      report.add(
          Level.ERROR,
          b,
          "gives nothing, ever: each series of the left side is on the right, too",
          "unless of what excuses it");
    }
  }

  /** Whether all series of one are series of the other. */
  private static boolean isPartOf(Expr some, Expr all) {
    return some.equals(all)
        || (some instanceof Binary b
            && b.op().isComparison()
            && !b.bool()
            && b.right().type() == ValueType.SCALAR
            && isPartOf(b.left(), all));
  }

  private static void comparison(Binary b, Ranges ranges, Report report) {
    Range left = ranges.of(b.left());
    Range right = ranges.of(b.right());
    if (left.isNone() || right.isNone() || !ranges.kept(b).isNone()) {
      return;
    }
    boolean absent = isCount(b.left()) || isCount(b.right());
    report.add(
        Level.ERROR,
        b,
        "can never be true: the left side is "
            + left.text()
            + ", the right side "
            + right.text()
            + (absent ? "; of no series there is no count, not even 0" : ""),
        absent ? "absent(…) for series that are not there" : "a bound that values can reach");
  }

  private static boolean isCount(Expr side) {
    String text = side.toString();
    return text.startsWith("count");
  }

  /** Two bounds of the same series that exclude each other. */
  private static void both(Binary b, Ranges ranges, Report report) {
    if (!b.matching().equals(Matching.ALL)
        || !(b.left() instanceof Binary left)
        || !(b.right() instanceof Binary right)
        || !isBound(left)
        || !isBound(right)
        || !left.left().equals(right.left())) {
      return;
    }
    Range first = ranges.kept(left);
    Range second = ranges.kept(right);
    boolean atOnePoint = first.most() == second.least() || second.most() == first.least();
    boolean touching = atOnePoint && isOpen(left, right);
    if (!first.isNone() && !second.isNone() && (first.and(second).isNone() || touching)) {
      report.add(
          Level.ERROR,
          b,
          "can never be true: the same series is " + first.text() + " and " + second.text(),
          "bounds that a value can meet both of");
    }
  }

  private static boolean isOpen(Binary left, Binary right) {
    return isStrict(left.op()) || isStrict(right.op());
  }

  private static boolean isStrict(BinaryOp op) {
    return op == BinaryOp.LESS || op == BinaryOp.GREATER;
  }

  private static boolean isBound(Binary b) {
    return b.op().isComparison() && !b.bool() && b.right().type() == ValueType.SCALAR;
  }
}
