package dev.tidemark.rules.rule.runtime;

import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import java.util.ArrayList;
import java.util.List;

/** Classic histograms that a process exposes itself. */
final class Histograms {
  private Histograms() {}

  /** Of a target; two that scrape it do no harm. */
  static Expr quantile(Service service, String histogram, double q) {
    List<String> by = new ArrayList<>(Targets.grouping(service.selection()));
    by.add("le");
    return Expr.series(histogram + "_bucket", service.selection().all())
        .over("rate", service.selection().remembered())
        .by("sum", by)
        .histogramQuantile(q);
  }

  /** The rate of a counter of a target. */
  static Expr rate(Service service, String counter) {
    return Expr.series(counter, service.selection().all())
        .over("rate", service.selection().remembered())
        .by("sum", Targets.grouping(service.selection()));
  }

  /** What falls into the lower bucket, and in the bad time into the upper. */
  static Input[] bad(Fixture fixture, String histogram, double lower, double upper) {
    return inputs(fixture, histogram, lower, upper, Input.faster("", 10, 1));
  }

  /** All falls into the lower bucket. */
  static Input[] steady(Fixture fixture, String histogram, double lower, double upper) {
    return inputs(fixture, histogram, lower, upper, Input.faster("", 10, 10));
  }

  private static Input[] inputs(
      Fixture fixture, String histogram, double lower, double upper, Input below) {
    String bucket = histogram + "_bucket";
    String small = fixture.process(bucket, "le", Expr.number(lower).text());
    return new Input[] {
      new Input(small, below.before(), below.during(), below.after()),
      Input.faster(fixture.process(bucket, "le", Expr.number(upper).text()), 10, 10),
      Input.faster(fixture.process(bucket, "le", "+Inf"), 10, 10)
    };
  }
}
