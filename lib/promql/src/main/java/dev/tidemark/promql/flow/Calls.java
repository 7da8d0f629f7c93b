package dev.tidemark.promql.flow;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.Set;

/** What functions do to labels. */
final class Calls {
  /** They give the series they are given. */
  private static final Set<String> KEEP =
      Set.of(
          "sort",
          "sort_desc",
          "sort_by_label",
          "sort_by_label_desc",
          "last_over_time",
          "first_over_time");

  private Calls() {}

  static LabelSets labels(Call call) {
    List<Expr> arguments = call.arguments();
    String name = call.function().name();
    LabelSets series =
        arguments.stream()
            .filter(a -> a.type() == ValueType.VECTOR || a.type() == ValueType.MATRIX)
            .findFirst()
            .map(LabelFlow::of)
            .orElse(LabelSets.NONE);
    return switch (name) {
      case "absent", "absent_over_time" -> absent(arguments.get(0));
      case "label_replace" -> replaced(series, arguments);
      case "label_join" -> joined(series, arguments);
      case "histogram_quantile", "histogram_fraction" ->
          LabelFlow.unnamed(series).with("le", Presence.NEVER);
      case "histogram_quantiles" ->
          LabelFlow.unnamed(series)
              .with("le", Presence.NEVER)
              .with(text(arguments, 1), Presence.SURE);
      // the labels of the info metric come on top
      case Call.INFO -> LabelSets.open(series.sure(), Set.of());
      default -> KEEP.contains(name) ? series : LabelFlow.unnamed(series);
    };
  }

  private static LabelSets absent(Expr argument) {
    if (argument instanceof VectorSelector selector) {
      return Selections.absent(selector);
    }
    return argument instanceof MatrixSelector matrix
        ? Selections.absent(matrix.selector())
        : LabelSets.NONE;
  }

  /** Where the regular expression does not match, the label stays as it is. */
  private static LabelSets replaced(LabelSets series, List<Expr> arguments) {
    String label = text(arguments, 1);
    String replacement = text(arguments, 2);
    String regex = text(arguments, 4);
    boolean matches = regex.equals(".*") || regex.equals("(.*)");
    Presence written =
        replacement.isEmpty()
            ? Presence.NEVER
            : replacement.charAt(0) != '$'
                ? Presence.SURE
                : matches && replacement.equals("$1") && regex.startsWith("(")
                    ? series.presence(text(arguments, 3))
                    : Presence.MAYBE;
    boolean certain = matches || written == series.presence(label);
    return series.with(label, certain ? written : Presence.MAYBE);
  }

  private static LabelSets joined(LabelSets series, List<Expr> arguments) {
    String separator = text(arguments, 2);
    List<String> sources =
        arguments.subList(3, arguments.size()).stream().map(Calls::text).toList();
    boolean some =
        (!separator.isEmpty() && sources.size() > 1)
            || sources.stream().anyMatch(s -> series.presence(s) == Presence.SURE);
    boolean none =
        (separator.isEmpty() || sources.size() < 2)
            && sources.stream().allMatch(s -> series.presence(s) == Presence.NEVER);
    return series.with(
        text(arguments, 1), some ? Presence.SURE : none ? Presence.NEVER : Presence.MAYBE);
  }

  private static String text(List<Expr> arguments, int index) {
    return text(arguments.get(index));
  }

  private static String text(Expr expr) {
    return expr instanceof StringLiteral s ? s.value() : "";
  }
}
