package dev.tidemark.rules.rule.runtime;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/**
 * The collector stops the world for too long. Histograms where there are any; the summary's
 * quantiles are of the last 256 pauses, which one bad pause holds up for hours, so else the mean.
 */
public final class GcPause implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.01, 0.001, 10, "seconds");

  /** Newest first; Go 1.22 renamed it and keeps both. */
  private static final List<String> HISTOGRAMS =
      List.of(
          SourceMetrics.GC_PAUSES,
          SourceMetrics.GC_PAUSES_BEFORE,
          SourceMetrics.GC_PAUSES_FIRST,
          SourceMetrics.GC_PAUSES_OTEL);

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("gc-pause", "GoGcPauseLong", Severity.WARNING)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    double above = with.get(ABOVE);
    Expr pause =
        HISTOGRAMS.stream()
            .map(metric -> Histograms.quantile(service, metric, 0.99))
            .reduce(Expr::or)
            .orElseThrow()
            .or(mean(service));
    return Made.of(
        pause.compare(">", above),
        "The garbage collector stops a Go process for long.",
        Targets.name(service.selection())
            .text(
                " stands still for longer than "
                    + Expr.number(above).text()
                    + " s when it collects garbage."),
        scenarios(service, above));
  }

  private static Expr mean(Service service) {
    return Histograms.rate(service, SourceMetrics.GC_DURATION_SUM)
        .dividedBy(Histograms.rate(service, SourceMetrics.GC_DURATION_COUNT));
  }

  private static List<Scenario> scenarios(Service service, double above) {
    Cases cases = Cases.ofProcess(service).settling(service.selection().remembered());
    Fixture fixture = cases.fixture();
    Input count = Input.steady(fixture.process(SourceMetrics.GC_DURATION_COUNT), Level.rate(1));
    String sum = fixture.process(SourceMetrics.GC_DURATION_SUM);
    return cases
        .fires(
            "long pauses fire, and end",
            0,
            Histograms.bad(fixture, SourceMetrics.GC_PAUSES, above / 2, above * 4))
        .fires(
            "they fire by their name of before",
            0,
            Histograms.bad(fixture, SourceMetrics.GC_PAUSES_BEFORE, above / 2, above * 4))
        .fires(
            "without a histogram the mean fires", 0, Input.faster(sum, above / 4, above * 2), count)
        .silent(
            "short pauses stay silent",
            Histograms.steady(fixture, SourceMetrics.GC_PAUSES, above / 2, above * 4))
        .silent("a short mean stays silent", Input.steady(sum, Level.rate(above * 0.9)), count)
        .silent(
            "one bad pause of the last 256 stays silent",
            Input.steady(sum, Level.rate(above / 4)),
            count,
            Input.steady(fixture.process(SourceMetrics.GC_DURATION, "quantile", "1"), above * 9))
        .all();
  }
}
