package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An expression evaluated during a range.
 *
 * @param step null for the server's default
 */
public record Subquery(Expr expr, Duration range, @Nullable Duration step, Modifiers modifiers)
    implements Expr {

  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }

  @Override
  public List<Expr> parts() {
    return List.of(expr);
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return new Subquery(expr.mapSelectors(change), range, step, modifiers);
  }

  @Override
  public void appendTo(StringBuilder text) {
    boolean loose = isLoose();
    text.append(loose ? "(" : "");
    expr.appendTo(text);
    text.append(loose ? ")" : "").append(tail());
  }

  @Override
  public String toString() {
    return Expr.text(this);
  }

  /** Whether the expression needs parentheses to be what the range is of. */
  public boolean isLoose() {
    return !(expr instanceof Call
        || expr instanceof Aggregation
        || (expr instanceof VectorSelector v && v.modifiers().equals(Modifiers.NONE)));
  }

  /** What stands behind the expression: range, step and modifiers. */
  public String tail() {
    String every = step == null ? "" : Spans.format(step);
    return "[" + Spans.format(range) + ":" + every + "]" + modifiers;
  }
}
