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
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/**
 * Work waits for long: by a histogram of the service's own, else by how long goroutines that could
 * run waited for a CPU.
 */
public final class BlockedP99 implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.2, 0.001, 3600, "seconds, the 99th percentile");

  private static final Parameter<String> HISTOGRAM =
      Parameter.metric(
          "histogram",
          SourceMetrics.SCHED_LATENCIES,
          "a classic histogram in seconds, without `_bucket`: your own of the time blocked, such as"
              + " `blocked_duration_seconds`; the default is scheduler latency");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("blocked-p99", "GoBlockedP99High", Severity.WARNING)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE, HISTOGRAM);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    double above = with.get(ABOVE);
    String histogram = with.get(HISTOGRAM);
    boolean own = !histogram.equals(HISTOGRAM.otherwise());
    Expr p99 = Histograms.quantile(service, histogram, 0.99);
    Expr waits =
        own ? p99 : p99.or(Histograms.quantile(service, SourceMetrics.SCHED_LATENCIES_OTEL, 0.99));
    return Made.of(
        waits.compare(">", above),
        own ? "Work is blocked for long." : "Goroutines wait long for a CPU.",
        Targets.name(service.selection())
            .text(
                (own
                        ? ": one in a hundred is blocked for more than "
                        : ": one in a hundred goroutines that could run waits for more than ")
                    + Expr.number(above).text()
                    + " s."),
        scenarios(service, histogram, above));
  }

  private static List<Scenario> scenarios(Service service, String histogram, double above) {
    Cases cases = Cases.ofProcess(service).settling(service.selection().remembered());
    Fixture fixture = cases.fixture();
    return cases
        .fires(
            "long waits fire, and end", 0, Histograms.bad(fixture, histogram, above / 2, above * 4))
        .silent(
            "short waits stay silent", Histograms.steady(fixture, histogram, above / 2, above * 4))
        .silent(
            "nothing that waits stays silent",
            Input.steady(fixture.process(histogram + "_bucket", "le", "0.1"), 7),
            Input.steady(fixture.process(histogram + "_bucket", "le", "+Inf"), 7))
        .all();
  }
}
