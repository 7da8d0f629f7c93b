package dev.tidemark.rules.rule.limits;

import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.signals.metric.SourceMetrics;

/** How much of its time a container stood still because it had used up its CPU limit. */
final class Throttling {
  private Throttling() {}

  /** A share of 1, by {@link Targets#CONTAINER}; absent where it did not run. */
  static Expr share(Selection selection) {
    return rate(selection, SourceMetrics.THROTTLED_PERIODS)
        .dividedBy(rate(selection, SourceMetrics.CPU_PERIODS).compare(">", 0));
  }

  private static Expr rate(Selection selection, String counter) {
    return Expr.series(counter, Targets.containers(selection))
        .over("rate", selection.remembered())
        .by("max", Targets.CONTAINER);
  }

  /** A container that is throttled so much in the bad time. */
  static Input throttled(Fixture fixture, double calm, double bad) {
    return Input.faster(fixture.container(SourceMetrics.THROTTLED_PERIODS), calm * 10, bad * 10);
  }

  /** There are ten periods a second. */
  static Input periods(Fixture fixture) {
    return Input.steady(fixture.container(SourceMetrics.CPU_PERIODS), Level.rate(10));
  }
}
