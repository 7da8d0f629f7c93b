package dev.tidemark.rules.rule.limits;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Join;
import dev.tidemark.rules.rule.Limits;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Trouble;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/**
 * GOMAXPROCS does not fit the CPU limit: far above, and the kernel throttles it; far below, and CPU
 * is paid for and not used.
 */
public final class GomaxprocsMismatch implements AlertMaker {
  private static final String CLASS = "cpu_mismatch";

  private static final Parameter<Double> TIMES =
      Parameter.number(
          "times", 2, 1.1, 64, "engine promql: how many times the limit, or the other way round");

  private static final Parameter<Double> THROTTLED =
      Parameter.number(
          "throttled",
          0.25,
          0.01,
          0.99,
          "engine promql: where it is above, only with such a share of throttled periods");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("gomaxprocs-mismatch", "GoMaxProcsMismatch", Severity.INFO)
        .waits(Duration.ofHours(1))
        .keepsFiring(Duration.ofMinutes(5))
        .with(TIMES, THROTTLED);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    if (alert.engine() == Engine.EXPORTER) {
      return Trouble.made(service, CLASS, SUMMARY, WHAT);
    }
    Targets.refuseWorkload(service.selection(), alert, with);
    Selection selection = service.selection();
    double times = with.get(TIMES);
    double throttled = with.get(THROTTLED);
    Join on = Join.on(Targets.CONTAINER);
    Expr procs =
        Targets.seen(selection, SourceMetrics.GOMAXPROCS, selection.all())
            .by("max", Targets.CONTAINER);
    Expr limit = Limits.cpu(selection).in("ceil");
    Expr above =
        procs
            .op(">=", on, limit.times(times))
            .and(Targets.CONTAINER, Throttling.share(selection).compare(">", throttled));
    Expr below = procs.times(times).op("<=", on, limit);
    return Made.of(
        above.or(below).by("max", Targets.groupingOfPods(selection)),
        SUMMARY,
        Targets.nameOfPod(selection).text(" " + WHAT),
        scenarios(service, times, throttled));
  }

  private static final String SUMMARY = "GOMAXPROCS does not fit the CPU limit.";
  private static final String WHAT =
      "has a GOMAXPROCS far from its CPU limit: above it the kernel stops it for parts of each second,"
          + " below it CPU is paid for and not used.";

  private static List<Scenario> scenarios(Service service, double times, double throttled) {
    Cases cases = Cases.ofProcessInPod(service).settling(service.selection().remembered());
    Fixture fixture = cases.fixture();
    double many = Math.ceil(4 * times);
    Input procs = Input.bad(fixture.processInPod(SourceMetrics.GOMAXPROCS), 4, many);
    Input one = Input.bad(procs.series(), many, 1);
    Input limit = Limits.told(fixture, "cpu", 3.5, "10.0.0.7:8080");
    Input high = Limits.told(fixture, "cpu", Math.ceil(times), "10.0.0.7:8080");
    Input much = Throttling.throttled(fixture, Cases.above(throttled), Cases.above(throttled));
    Input little = Throttling.throttled(fixture, throttled / 2, throttled / 2);
    Input periods = Throttling.periods(fixture);
    return cases
        .fires("many threads for a small limit fire, and end", many, procs, limit, much, periods)
        .fires("one thread on many CPUs fires, and ends", 1, one, high)
        .fires(
            "two kube-state-metrics do no harm",
            many,
            procs,
            limit,
            Limits.told(fixture, "cpu", 3.5, "10.0.0.8:8080"),
            much,
            periods)
        .fires(
            "it fires without kube-state-metrics",
            many,
            procs,
            Input.steady(fixture.container(SourceMetrics.CPU_QUOTA), 350_000),
            Input.steady(fixture.container(SourceMetrics.CPU_PERIOD), 100_000),
            much,
            periods)
        .silent("many threads that are not throttled stay silent", procs, limit, little, periods)
        .silent(
            "fewer threads stay silent, for a limit of three and a half is four CPUs",
            Input.steady(procs.series(), many - 1),
            limit,
            much,
            periods)
        .silent("no limit stays silent", procs, much, periods)
        .all();
  }
}
