package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.util.function.UnaryOperator;

/**
 * Two expressions and what is between them.
 *
 * @param bool whether a comparison gives 0 or 1 instead of filtering
 */
public record Binary(BinaryOp op, Expr left, Expr right, boolean bool, Matching matching)
    implements Expr {

  public static Binary of(BinaryOp op, Expr left, Expr right) {
    return new Binary(op, left, right, false, Matching.ALL);
  }

  @Override
  public ValueType type() {
    return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
        ? ValueType.SCALAR
        : ValueType.VECTOR;
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return new Binary(op, left.mapSelectors(change), right.mapSelectors(change), bool, matching);
  }

  @Override
  public String toString() {
    String a = operand(left, op.isRightAssociative(), true);
    String b = operand(right, !op.isRightAssociative(), false);
    return a + " " + op.sign() + " " + (bool ? "bool " : "") + matching + b;
  }

  private String operand(Expr side, boolean looseWhenEqual, boolean first) {
    boolean loose;
    if (side instanceof Binary b) {
      int order = Integer.compare(b.op.precedence(), op.precedence());
      loose = order < 0 || (order == 0 && looseWhenEqual);
    } else {
      loose = first && op == BinaryOp.POW && side.toString().matches("(?s)[-+].*");
    }
    return loose ? "(" + side + ")" : side.toString();
  }
}
