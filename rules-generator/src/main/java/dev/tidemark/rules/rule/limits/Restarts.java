package dev.tidemark.rules.rule.limits;

import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;

/**
 * How often the kubelet started containers again. Exactly, so by subtraction: increase() estimates
 * and makes three of two in a container's first minute. Where a counter starts again at nothing,
 * with a pod of the same name, what it has since counts.
 */
final class Restarts {
  private Restarts() {}

  /** By {@link Targets#CONTAINER}; two kube-state-metrics tell the same. */
  static Expr during(Selection selection, Duration window) {
    return rose(selection, SourceMetrics.RESTARTS, window);
  }

  /** Kills that the kernel counted in containers that live on. */
  static Expr oomEvents(Selection selection, Duration window) {
    return rose(selection, SourceMetrics.OOM_EVENTS, window);
  }

  private static Expr rose(Selection selection, String counter, Duration window) {
    return Targets.ofContainers(selection, counter)
        .minus(Expr.series(counter, Targets.containers(selection)).over("min_over_time", window))
        .by("max", Targets.CONTAINER);
  }

  /** As one kube-state-metrics tells it. */
  static Input restarting(Fixture fixture, double eachSample, String replica) {
    return Input.counts(
        fixture.container(SourceMetrics.RESTARTS, "job", "kube-state-metrics", "instance", replica),
        eachSample);
  }
}
