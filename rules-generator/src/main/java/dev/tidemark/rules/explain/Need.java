package dev.tidemark.rules.explain;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.Giving;
import dev.tidemark.rules.metric.KnownMetric;
import dev.tidemark.rules.metric.KnownMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * A metric that an expression reads.
 *
 * @param from who exposes it; empty where nobody knows
 * @param missing what the expression gives where no series of it exist
 */
public record Need(String metric, String from, Missing missing) {
  /** What becomes of the whole when one metric is away. */
  public enum Missing {
    /** It gives nothing. */
    SILENT("silent"),
    /** Another branch may still give something. */
    GOES_ON("goes on without it"),
    /** It gives something because of it. */
    FIRES("fires");

    private final String text;

    Missing(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** Every metric of an expression, in the order of its text. */
  public static List<Need> of(Expr expr, KnownMetrics metrics) {
    List<Need> needs = new ArrayList<>();
    expr.all()
        .filter(VectorSelector.class::isInstance)
        .map(e -> ((VectorSelector) e).name())
        .filter(name -> !name.isEmpty())
        .distinct()
        .forEach(
            name ->
                needs.add(
                    new Need(
                        name,
                        metrics.find(name).map(KnownMetric::from).orElse(""),
                        missing(expr, name))));
    return needs;
  }

  private static Missing missing(Expr expr, String metric) {
    if (!gives(expr, metric)) {
      return Missing.SILENT;
    }
    return seeks(expr, metric) ? Missing.FIRES : Missing.GOES_ON;
  }

  /** Whether it gives something just because a metric is away. */
  private static boolean seeks(Expr expr, String metric) {
    if (expr instanceof Binary b && b.op() == BinaryOp.UNLESS) {
      return seeks(b.left(), metric);
    }
    if (expr instanceof Call call && call.function().name().startsWith("absent")) {
      return !gives(call.arguments().get(0), metric);
    }
    return expr.parts().stream().anyMatch(part -> seeks(part, metric));
  }

  /** Whether it may give something though a metric is away. */
  private static boolean gives(Expr expr, String metric) {
    return Giving.gives(expr, true, selector -> !selector.name().equals(metric));
  }
}
