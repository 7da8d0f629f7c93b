package dev.tidemark.rules.rule.memory;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Limits;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Trouble;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/**
 * Memory came close to its limit while the container started: each rollout is a gamble. The
 * kernel's high-water mark holds the peak that a scrape misses.
 */
public final class StartupOomRisk implements AlertMaker {
  private static final String CLASS = "limit_too_low_for_startup";

  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.95, 0.5, 1, "engine promql: share of the limit");

  private static final Parameter<Duration> WITHIN =
      Parameter.duration(
          "within",
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofHours(1),
          "engine promql: how long a start takes");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("startup-oom-risk", "GoStartupPeakNearLimit", Severity.INFO)
        .keepsFiring(Duration.ofMinutes(30))
        .with(ABOVE, WITHIN);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    double above = with.get(ABOVE);
    Duration within = with.get(WITHIN);
    if (alert.engine() == Engine.EXPORTER) {
      return Trouble.made(
          service, CLASS, SUMMARY, "needs nearly its whole memory limit to start, and less later.");
    }
    Targets.refuseWorkload(service.selection(), alert, with);
    if (alert.forDuration().filter(wait -> wait.compareTo(within) >= 0).isPresent()) {
      with.refuse(WITHIN, alert.place(), "needs more than for: a start is over by then");
    }
    return Made.of(
        peak(service)
            .compare(">", above)
            .and(Targets.groupingOfPods(service.selection()), young(service, within)),
        SUMMARY,
        Targets.nameOfPod(service.selection())
            .text(" came to ")
            .percentage()
            .text(" of its memory limit while it started."),
        scenarios(service, above, within));
  }

  private static final String SUMMARY = "A container nearly ran out of memory while it started.";

  private static Expr peak(Service service) {
    Selection selection = service.selection();
    Expr share =
        Targets.ofContainers(selection, SourceMetrics.PEAK_MEMORY)
            .by("max", Targets.CONTAINER)
            .dividedBy(Targets.CONTAINER, Limits.memory(selection));
    return Targets.ofPods(selection, share).by("max", Targets.groupingOfPods(selection));
  }

  private static Expr young(Service service, Duration within) {
    Selection selection = service.selection();
    Expr start =
        Targets.ofContainers(selection, SourceMetrics.CONTAINER_START)
            .by("max", Targets.groupingOfPods(selection));
    return Expr.time().minus(start).compare("<", within.toMillis() / 1000.0);
  }

  private static List<Scenario> scenarios(Service service, double above, Duration within) {
    Cases cases = Cases.ofContainer(service);
    Fixture fixture = cases.fixture();
    double high = Cases.above(above);
    Input peak = Input.bad(fixture.container(SourceMetrics.PEAK_MEMORY), 100, high * 1000);
    String start = fixture.container(SourceMetrics.CONTAINER_START);
    Input now = Input.steady(start, Level.CLOCK);
    Input limit = Limits.told(fixture, "memory", 1000, "10.0.0.7:8080");
    return cases
        .fires("a peak of the start fires, and ends with the start", high, peak, now, limit)
        .fires(
            "two kube-state-metrics do no harm",
            high,
            peak,
            now,
            limit,
            Limits.told(fixture, "memory", 1000, "10.0.0.8:8080"))
        .fires(
            "it fires without kube-state-metrics",
            high,
            peak,
            now,
            Input.steady(fixture.container(SourceMetrics.SPEC_MEMORY_LIMIT), 1000))
        .silent(
            "a peak of later stays silent",
            peak,
            Input.steady(start, (double) -within.toSeconds()),
            limit)
        .silent(
            "a peak below the threshold stays silent",
            Input.steady(fixture.container(SourceMetrics.PEAK_MEMORY), (above - 0.01) * 1000),
            now,
            limit)
        .all();
  }
}
