package dev.tidemark.rules.rule.runtime;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Signals;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;

/** More goroutines than the service can ever need: a number of the team's, not of the past. */
public final class GoroutineCeiling implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.count(
          "above",
          10_000,
          10,
          1e8,
          "goroutines; the exporter's `limits.goroutines` is the same number");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("goroutine-ceiling", "GoGoroutineCeiling", Severity.CRITICAL)
        .waits(Duration.ofMinutes(5))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    double above = with.get(ABOVE);
    Cases cases = Cases.ofProcess(service);
    String goroutines = cases.fixture().process(SourceMetrics.GOROUTINES);
    Input scraped = Input.bad(goroutines, above / 2, above * 2);
    Input again =
        Input.bad(
            cases.fixture().process(SourceMetrics.GOROUTINES, "replica", "b"),
            above / 2,
            above * 2);
    return Made.of(
        Signals.ofProcess(service, "goroutines").compare(">", above),
        "A Go process has more goroutines than it may ever have.",
        Targets.name(service.selection())
            .text(" has more than " + Expr.number(above).text() + " goroutines."),
        cases
            .fires("too many goroutines fire, and end", 0, scraped)
            .fires("two scrapers make one alert", 0, scraped, again)
            .silent("as many as allowed stay silent", Input.steady(goroutines, above))
            .all());
  }
}
