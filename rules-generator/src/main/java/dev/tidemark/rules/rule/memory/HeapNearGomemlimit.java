package dev.tidemark.rules.rule.memory;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Signals;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;

/**
 * What Go's runtime counts against GOMEMLIMIT has nearly reached it: from there on the collector
 * works ever harder.
 */
public final class HeapNearGomemlimit implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.8, 0.1, 0.99, "share of GOMEMLIMIT");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("heap-near-gomemlimit", "GoHeapNearGomemlimit", Severity.WARNING)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    double above = with.get(ABOVE);
    Cases cases = Cases.ofProcess(service);
    String held = cases.fixture().process(SourceMetrics.GO_SYS);
    Input released = Input.steady(cases.fixture().process(SourceMetrics.GO_HEAP_RELEASED), 100);
    String limit = cases.fixture().process(SourceMetrics.GOMEMLIMIT);
    double high = Cases.above(above);
    return Made.of(
        Signals.ofProcess(service, "gomemlimit_ratio").compare(">", above),
        "A Go process has nearly reached its GOMEMLIMIT.",
        Targets.name(service.selection())
            .text(" holds ")
            .percentage()
            .text(" of its GOMEMLIMIT: the collector runs ever more often, and takes the CPU."),
        cases
            .fires(
                "memory near GOMEMLIMIT fires, and ends when it falls",
                high,
                Input.bad(held, 300, high * 1000 + 100),
                released,
                Input.steady(limit, 1000))
            .silent(
                "what was given back to the kernel does not count",
                Input.steady(held, above * 1000 + 99),
                released,
                Input.steady(limit, 1000))
            .silent(
                "an unset GOMEMLIMIT stays silent",
                Input.steady(held, 9e18),
                released,
                Input.steady(limit, Long.MAX_VALUE))
            .all());
  }
}
