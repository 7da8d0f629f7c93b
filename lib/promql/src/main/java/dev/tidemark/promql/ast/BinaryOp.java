package dev.tidemark.promql.ast;

/** Operators between two expressions. Precedences: promql/parser/generated_parser.y. */
public enum BinaryOp {
  OR("or", 1),
  AND("and", 2),
  UNLESS("unless", 2),
  EQ("==", 3),
  NOT_EQ("!=", 3),
  LESS("<", 3),
  LESS_OR_EQ("<=", 3),
  GREATER(">", 3),
  GREATER_OR_EQ(">=", 3),
  /** Of a native histogram what lies below a bound; since 3.11. */
  TRIM_UPPER("</", 3),
  /** Of a native histogram what lies above a bound; since 3.11. */
  TRIM_LOWER(">/", 3),
  ADD("+", 4),
  SUBTRACT("-", 4),
  MULTIPLY("*", 5),
  DIVIDE("/", 5),
  MODULO("%", 5),
  ATAN2("atan2", 5),
  POW("^", 6);

  private final String sign;
  private final int precedence;

  BinaryOp(String sign, int precedence) {
    this.sign = sign;
    this.precedence = precedence;
  }

  public String sign() {
    return sign;
  }

  /** Higher binds tighter. */
  public int precedence() {
    return precedence;
  }

  /** Whether {@code a op b op c} is {@code a op (b op c)}. */
  public boolean isRightAssociative() {
    return this == POW;
  }

  public boolean isComparison() {
    return precedence == 3 && !isTrim();
  }

  public boolean isTrim() {
    return this == TRIM_UPPER || this == TRIM_LOWER;
  }

  public boolean isSet() {
    return precedence <= 2;
  }
}
