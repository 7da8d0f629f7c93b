package dev.tidemark.rules.rule.runtime;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Signals;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;

/** Goroutines wait for locks. */
public final class MutexWait implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number(
          "above",
          5,
          0.01,
          1e6,
          "seconds waited in a second: so many goroutines wait all the time");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("mutex-wait", "GoMutexWait", Severity.INFO)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    double above = with.get(ABOVE);
    Cases cases = Cases.ofProcess(service).settling(service.selection().remembered());
    String waited = cases.fixture().process(SourceMetrics.MUTEX_WAIT);
    return Made.of(
        Signals.ofProcess(service, "mutex_wait_rate").compare(">", above),
        "Goroutines wait for locks.",
        Targets.name(service.selection())
            .text(": goroutines wait for a sync.Mutex or RWMutex most of the time."),
        cases
            .fires("waiting for locks fires, and ends", 0, Input.faster(waited, 0, above * 2))
            .silent(
                "waiting less than the threshold stays silent",
                Input.steady(waited, Level.rate(above * 0.9)))
            .silent("a counter that was always high stays silent", Input.steady(waited, 1e9))
            .all());
  }
}
