package dev.tidemark.rules.rule.limits;

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

/** File descriptors are nearly used up; then accept() and open() fail. */
public final class FdsNearLimit implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.85, 0.1, 0.99, "share of the soft limit");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("fds-near-limit", "GoFdsNearLimit", Severity.WARNING)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    double above = with.get(ABOVE);
    double high = Cases.above(above);
    Cases cases = Cases.ofProcess(service);
    String open = cases.fixture().process(SourceMetrics.OPEN_FDS);
    Input most = Input.steady(cases.fixture().process(SourceMetrics.MAX_FDS), 1000);
    return Made.of(
        Signals.ofProcess(service, "open_fds_ratio").compare(">", above),
        "A Go process has nearly used up its file descriptors.",
        Targets.name(service.selection())
            .text(" has opened ")
            .percentage()
            .text(" of the files and connections it may open; at 100% it accepts no more."),
        cases
            .fires(
                "descriptors near the limit fire, and end when they are closed",
                high,
                Input.bad(open, 100, high * 1000),
                most)
            .silent(
                "descriptors below the threshold stay silent",
                Input.steady(open, Math.floor(above * 1000)),
                most)
            .silent("no limit stays silent", Input.steady(open, 5), Input.steady(most.series(), 0))
            .all());
  }
}
