package dev.tidemark.promql.ast;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.function.UnaryOperator;

/** A text. */
public record StringLiteral(String value) implements Expr {

  @Override
  public ValueType type() {
    return ValueType.STRING;
  }

  @Override
  public List<Expr> parts() {
    return List.of();
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return this;
  }

  @Override
  public void appendTo(StringBuilder text) {
    text.append(this);
  }

  @Override
  public String toString() {
    return PromQl.quote(value);
  }
}
