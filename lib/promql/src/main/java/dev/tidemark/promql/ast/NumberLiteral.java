package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.util.function.UnaryOperator;

/** A number, with its sign; durations that stand for numbers (3.0) are seconds. */
public record NumberLiteral(double value) implements Expr {

  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return this;
  }

  @Override
  public String toString() {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return (Double.compare(value, -0.0) == 0 ? "-" : "") + (long) value;
    }
    return Double.toString(value);
  }
}
