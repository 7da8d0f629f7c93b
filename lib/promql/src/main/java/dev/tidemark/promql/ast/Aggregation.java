package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value for each group of series.
 *
 * @param parameter of {@code topk} and its like, else null
 * @param without whether the labels are the ones to drop; otherwise the ones to keep
 */
public record Aggregation(
    AggregateOp op, @Nullable Expr parameter, Expr expr, boolean without, List<String> labels)
    implements Expr {

  public Aggregation {
    labels = List.copyOf(labels);
    if ((parameter != null) != op.parameter().isPresent()) {
      throw new IllegalArgumentException(
          op.word() + (parameter == null ? " needs a parameter" : " takes no parameter"));
    }
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }

  @Override
  public List<Expr> parts() {
    return parameter == null ? List.of(expr) : List.of(parameter, expr);
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    Expr changed = parameter == null ? null : parameter.mapSelectors(change);
    return new Aggregation(op, changed, expr.mapSelectors(change), without, labels);
  }

  @Override
  public void appendTo(StringBuilder text) {
    appendHead(text);
    text.append('(');
    if (parameter != null) {
      parameter.appendTo(text);
      text.append(", ");
    }
    expr.appendTo(text);
    text.append(')');
  }

  @Override
  public String toString() {
    return Expr.text(this);
  }

  /** What stands before the parentheses: {@code sum}, or {@code sum by (a) } with the space. */
  public String head() {
    StringBuilder text = new StringBuilder();
    appendHead(text);
    return text.toString();
  }

  private void appendHead(StringBuilder text) {
    text.append(op.word());
    if (without || !labels.isEmpty()) {
      text.append(without ? " without " : " by ");
      Labels.append(text, labels);
      text.append(' ');
    }
  }
}
