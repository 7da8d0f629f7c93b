package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.LabelFlow;
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.rules.lint.Finding.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A quantile of something that is no histogram any more. */
final class QuantileWithoutBuckets implements Check {
  private static final Set<String> RATES = Set.of("rate", "increase", "irate", "delta", "idelta");

  @Override
  public String id() {
    return "quantile-without-buckets";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Call.class)
        .filter(call -> call.function().name().equals("histogram_quantile"))
        .forEach(call -> look(call, call.arguments().get(1), report));
  }

  private static void look(Call call, Expr buckets, Report report) {
    List<String> names =
        buckets
            .all()
            .filter(VectorSelector.class::isInstance)
            .map(e -> ((VectorSelector) e).name())
            .toList();
    boolean classic = names.stream().anyMatch(name -> name.endsWith("_bucket"));
    Optional<String> other =
        names.stream().filter(n -> n.endsWith("_sum") || n.endsWith("_count")).findFirst();
    if (!classic && other.isPresent()) {
      report.add(
          Level.ERROR,
          call,
          other.get() + " has no buckets: an average has no quantile",
          "histogram_quantile(0.99, sum by (le) (rate(…_bucket[5m])))");
    } else if (classic && LabelFlow.of(buckets).presence("le") == Presence.NEVER) {
      report.add(
          Level.ERROR,
          buckets,
          "le is aggregated away, so there are no buckets left to find the quantile in",
          "keep it: by (le, …)");
    } else if (classic) {
      shape(buckets, report);
    }
  }

  private static void shape(Expr buckets, Report report) {
    Optional<Aggregation> wrong =
        buckets
            .all()
            .filter(Aggregation.class::isInstance)
            .map(Aggregation.class::cast)
            .filter(a -> a.op() == AggregateOp.MAX || a.op() == AggregateOp.MIN)
            .findFirst();
    if (wrong.isPresent()) {
      report.add(
          Level.WARNING,
          wrong.get(),
          "the " + wrong.get().op().word() + " of each bucket is no histogram of anything",
          "sum by (le, …), or the quantile of each series and then its max");
    } else if (buckets.all().noneMatch(QuantileWithoutBuckets::isRate)) {
      report.add(
          Level.WARNING,
          buckets,
          "buckets count since the process started, so the quantile hardly ever moves",
          "rate(…_bucket[5m])");
    }
  }

  /** Of a recorded series nobody knows here what it is a rate of. */
  private static boolean isRate(Expr e) {
    return (e instanceof Call call && RATES.contains(call.function().name()))
        || (e instanceof VectorSelector selector && selector.name().contains(":"));
  }
}
