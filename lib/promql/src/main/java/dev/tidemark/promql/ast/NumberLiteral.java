package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A number, with its sign; durations that stand for numbers (2.54) are seconds. Equal when the
 * values are.
 *
 * @param spelling how a person wrote it, for a formatter: {@code 1h}, {@code 1e6}, {@code 0x1F};
 *     null for as {@link #toString} does
 */
public record NumberLiteral(double value, @Nullable String spelling) implements Expr {

  public NumberLiteral(double value) {
    this(value, null);
  }

  /** This number with the other sign. */
  public NumberLiteral negated() {
    String other =
        spelling == null ? null : spelling.startsWith("-") ? spelling.substring(1) : "-" + spelling;
    return new NumberLiteral(-value, other);
  }

  boolean isSigned() {
    return toString().startsWith("-");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberLiteral n && Double.compare(value, n.value) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(value);
  }

  @Override
  public ValueType type() {
    return ValueType.SCALAR;
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
