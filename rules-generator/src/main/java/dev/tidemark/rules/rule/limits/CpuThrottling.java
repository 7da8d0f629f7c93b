package dev.tidemark.rules.rule.limits;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;

/**
 * The container stands still for a large share of its time, because it has used up its CPU limit.
 */
public final class CpuThrottling implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.25, 0.01, 0.99, "share of the periods of 100 ms");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("cpu-throttling", "GoCpuThrottled", Severity.INFO)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    Selection selection = service.selection();
    double above = with.get(ABOVE);
    double high = Cases.above(above);
    Cases cases = Cases.ofContainer(service).settling(selection.remembered());
    Fixture fixture = cases.fixture();
    return Made.of(
        Targets.ofPods(selection, Throttling.share(selection))
            .by("max", Targets.groupingOfPods(selection))
            .compare(">", above),
        "A container is throttled.",
        Targets.nameOfPod(selection)
            .text(" stood still in ")
            .percentage()
            .text(" of its time because it had used up its CPU limit: every answer is late."),
        cases
            .fires(
                "throttling fires, and ends",
                high,
                Throttling.throttled(fixture, 0.01, high),
                Throttling.periods(fixture))
            .silent(
                "throttling below the threshold stays silent",
                Throttling.throttled(fixture, above * 0.9, above * 0.9),
                Throttling.periods(fixture))
            .silent(
                "a container that does not run stays silent",
                Input.steady(fixture.container(SourceMetrics.THROTTLED_PERIODS), 9),
                Input.steady(fixture.container(SourceMetrics.CPU_PERIODS), 9))
            .all());
  }
}
