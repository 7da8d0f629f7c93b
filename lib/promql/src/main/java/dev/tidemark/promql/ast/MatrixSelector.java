package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a selector saw during a range. The selector's modifiers move the whole range. */
public record MatrixSelector(VectorSelector selector, Duration range) implements Expr {

  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }

  @Override
  public List<Expr> parts() {
    return List.of(selector);
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return new MatrixSelector(change.apply(selector), range);
  }

  @Override
  public void appendTo(StringBuilder text) {
    selector.appendPlain(text);
    text.append('[').append(Spans.format(range)).append(']');
    selector.modifiers().appendTo(text);
  }

  @Override
  public String toString() {
    return Expr.text(this);
  }
}
