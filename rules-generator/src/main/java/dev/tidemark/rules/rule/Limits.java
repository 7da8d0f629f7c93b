package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.signals.metric.SourceMetrics;

/**
 * What containers may use, by {@link Targets#CONTAINER}: from kube-state-metrics, else from
 * cAdvisor, so that either may be away.
 */
public final class Limits {
  private Limits() {}

  /** Bytes at which the kernel kills; absent where there is no limit. */
  public static Expr memory(Selection selection) {
    return Targets.known(selection, SourceMetrics.POD_LIMITS, Matcher.equal("resource", "memory"))
        .by("min", Targets.CONTAINER)
        .compare(">", 0)
        .or(
            Targets.ofContainers(selection, SourceMetrics.SPEC_MEMORY_LIMIT)
                .compare(">", 0)
                .by("min", Targets.CONTAINER));
  }

  /** CPUs beyond which the container stands still; absent where there is no limit. */
  public static Expr cpu(Selection selection) {
    return Targets.known(selection, SourceMetrics.POD_LIMITS, Matcher.equal("resource", "cpu"))
        .by("min", Targets.CONTAINER)
        .compare(">", 0)
        .or(
            Targets.ofContainers(selection, SourceMetrics.CPU_QUOTA)
                .compare(">", 0)
                .dividedBy(Targets.ofContainers(selection, SourceMetrics.CPU_PERIOD))
                .by("min", Targets.CONTAINER));
  }

  /** What one kube-state-metrics tells tests of a limit. */
  public static Input told(Fixture fixture, String resource, double value, String replica) {
    return Input.steady(
        fixture.container(
            SourceMetrics.POD_LIMITS,
            "resource",
            resource,
            "job",
            "kube-state-metrics",
            "instance",
            replica),
        value);
  }
}
