package dev.tidemark.promql.format;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import java.util.stream.Collectors;

/** An expression on one line, by the rules of {@link Layout}. */
final class Flat {
  private Flat() {}

  static String of(Expr expr) {
    if (expr instanceof Binary b) {
      String left = enclosed(b.left(), isLeftLoose(b));
      return left + " " + between(b) + " " + enclosed(b.right(), isRightLoose(b));
    }
    if (expr instanceof Aggregation a) {
      String first = a.parameter() == null ? "" : of(a.parameter()) + ", ";
      return a.head() + "(" + first + of(a.expr()) + ")";
    }
    if (expr instanceof Call c) {
      return c.arguments().stream()
          .map(Flat::of)
          .collect(Collectors.joining(", ", c.function().name() + "(", ")"));
    }
    if (expr instanceof Unary u) {
      return (u.negative() ? "-" : "+") + enclosed(u.expr(), u.isLoose());
    }
    if (expr instanceof Subquery s) {
      return enclosed(s.expr(), s.isLoose()) + s.tail();
    }
    if (expr instanceof NumberLiteral n && n.spelling() != null) {
      return n.spelling();
    }
    return expr.toString();
  }

  private static String enclosed(Expr expr, boolean loose) {
    return loose ? "(" + of(expr) + ")" : of(expr);
  }

  /** The operator and what stands behind it. */
  static String between(Binary b) {
    String modifiers = (b.bool() ? "bool " : "") + b.matching();
    return modifiers.isEmpty() ? b.op().sign() : b.op().sign() + " " + modifiers.stripTrailing();
  }

  static boolean isLeftLoose(Binary b) {
    return b.isLeftLoose() || isMixed(b.op(), b.left());
  }

  static boolean isRightLoose(Binary b) {
    return b.isRightLoose() || isMixed(b.op(), b.right());
  }

  /** Whether set operators of two kinds meet. */
  private static boolean isMixed(BinaryOp op, Expr side) {
    return op.isSet() && side instanceof Binary b && b.op().isSet() && b.op() != op;
  }
}
