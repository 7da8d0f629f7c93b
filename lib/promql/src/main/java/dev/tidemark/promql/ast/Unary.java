package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.function.UnaryOperator;

/** A sign before an expression; a number holds its own. */
public record Unary(boolean negative, Expr expr) implements Expr {
  public Unary {
    if (expr instanceof NumberLiteral) {
      throw new IllegalArgumentException("a number holds its own sign");
    }
  }

  @Override
  public ValueType type() {
    return expr.type();
  }

  @Override
  public List<Expr> parts() {
    return List.of(expr);
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return new Unary(negative, expr.mapSelectors(change));
  }

  /** Whether the operand needs parentheses to stay the operand. */
  public boolean isLoose() {
    return expr instanceof Binary b && b.op() != BinaryOp.POW;
  }

  @Override
  public void appendTo(StringBuilder text) {
    boolean loose = isLoose();
    text.append(negative ? '-' : '+').append(loose ? "(" : "");
    expr.appendTo(text);
    text.append(loose ? ")" : "");
  }

  @Override
  public String toString() {
    return Expr.text(this);
  }
}
