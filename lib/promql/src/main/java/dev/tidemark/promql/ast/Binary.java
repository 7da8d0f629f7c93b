package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.function.Consumer;
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
  public List<Expr> parts() {
    return List.of(left, right);
  }

  @Override
  public void forEachSelector(Consumer<VectorSelector> reader) {
    left.forEachSelector(reader);
    right.forEachSelector(reader);
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return new Binary(op, left.mapSelectors(change), right.mapSelectors(change), bool, matching);
  }

  @Override
  public void appendTo(StringBuilder text) {
    append(text, left, isLeftLoose());
    text.append(' ').append(op.sign()).append(' ').append(bool ? "bool " : "");
    matching.appendTo(text);
    append(text, right, isRightLoose());
  }

  @Override
  public String toString() {
    return Expr.text(this);
  }

  /** Whether the left operand needs parentheses to stay the left operand. */
  public boolean isLeftLoose() {
    return isLoose(op, left, op.isRightAssociative(), true);
  }

  /** Whether the right operand needs parentheses to stay the right operand. */
  public boolean isRightLoose() {
    return isLoose(op, right, !op.isRightAssociative(), false);
  }

  private static void append(StringBuilder text, Expr side, boolean loose) {
    if (loose) {
      text.append('(');
    }
    side.appendTo(text);
    if (loose) {
      text.append(')');
    }
  }

  private static boolean isLoose(BinaryOp op, Expr side, boolean looseWhenEqual, boolean first) {
    if (side instanceof Binary b) {
      int order = Integer.compare(b.op.precedence(), op.precedence());
      return order < 0 || (order == 0 && looseWhenEqual);
    }
    // a sign binds less than a power
    return first
        && op == BinaryOp.POW
        && (side instanceof Unary || (side instanceof NumberLiteral n && n.isSigned()));
  }
}
