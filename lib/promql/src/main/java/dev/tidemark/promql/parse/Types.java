package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.type.ValueType;

/** Whether an expression is of the type its place needs. */
final class Types {
  private Types() {}

  static void expect(Tokens tokens, Expr expr, int start, ValueType type, String what)
      throws ParseException {
    if (expr.type() != type) {
      throw tokens.wrong(
          expr,
          start,
          what
              + ": expected type "
              + type.text()
              + ", found "
              + expr.type().text()
              + hint(expr, type));
    }
  }

  static void expectNumeric(Tokens tokens, Expr expr, int start, String what)
      throws ParseException {
    if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
      throw tokens.wrong(
          expr,
          start,
          what
              + ": expected type scalar or instant vector, found "
              + expr.type().text()
              + (expr.type() == ValueType.MATRIX ? "; give it a function such as rate(…)" : ""));
    }
  }

  private static String hint(Expr expr, ValueType type) {
    return type == ValueType.MATRIX && expr.type() == ValueType.VECTOR
        ? "; give it a range such as [5m]"
        : "";
  }
}
