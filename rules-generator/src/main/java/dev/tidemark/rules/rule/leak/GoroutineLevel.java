package dev.tidemark.rules.rule.leak;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Join;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Far more goroutines than usual, growing or not. */
public final class GoroutineLevel implements AlertMaker {
  private static final String SIGNAL = "goroutines";
  private static final Duration LAG = Duration.ofHours(1);
  private static final Duration BASELINE = Duration.ofDays(1);
  private static final double USUAL = 0.95;

  /** So much of the day there must be before a level is called usual. */
  private static final Duration LEARNT = Duration.ofHours(6);

  private static final Parameter<Double> TIMES =
      Parameter.number(
          "times",
          1.5,
          1,
          100,
          "engine promql: how many times the workload's 95th percentile of a day, as it was an hour"
              + " ago. The exporter has its own band");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("goroutine-level", "GoGoroutineLevel", Severity.INFO)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(10))
        .with(TIMES);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    GrowthParameters.refuseWorkload(service, alert, with);
    double times = with.get(TIMES);
    Made made = alert.engine() == Engine.EXPORTER ? byExporter(service) : byRules(service, times);
    return made.ofWorkloadOfSeries();
  }

  private static Made byExporter(Service service) {
    Selection selection = service.selection();
    List<String> by = Targets.groupingWithWorkload(selection);
    Expr expr =
        Targets.exposed(
                selection, MetricNames.SCORE, Matcher.equal(MetricNames.LABEL_SIGNAL, SIGNAL))
            .by("max", by)
            .compare(">", 1);
    Fixture fixture = new Fixture(service);
    String series = fixture.exposed(MetricNames.SCORE, SIGNAL, "a");
    Input outside = new Input(series, Level.of(0.2), Level.of(3), Level.of(0.2));
    return made(
        service,
        expr,
        List.of(
            Scenario.fires(
                "a score above one fires, and ends when it falls",
                fixture.with(outside),
                fixture.grouped(by, /* workload= */ true),
                3),
            Scenario.silent("a score of one stays silent", fixture.with(Input.steady(series, 1))),
            Scenario.silent("no data stays silent", List.of())));
  }

  private static Made byRules(Service service, double times) {
    Growth growth = Source.of(service, SIGNAL, Double.NaN, Stake.usual(SIGNAL));
    List<String> workload = new Workloads(service).workload();
    Recording usual =
        Recording.of(
            service,
            "workload:goroutines:p95_1d_lag1h",
            growth
                .highest()
                .series()
                .quantile(USUAL, BASELINE)
                .offset(LAG)
                .and(isLearnt(growth.highest().series())));
    Expr upper = usual.series().times(times).plus(Expr.number(growth.floor()));
    Expr expr =
        growth
            .level()
            .series()
            .op(">", Join.manyTo(workload), upper)
            .by("max", Targets.groupingWithWorkload(service.selection()));
    List<Recording> recordings = new ArrayList<>(growth.levels());
    recordings.add(usual);
    return made(service, expr, List.of(Scenario.silent("no data stays silent", List.of())))
        .after(recordings);
  }

  /** Of a first morning the level of its first minutes says nothing, and any load is above it. */
  private static Expr isLearnt(Expr highest) {
    return highest.over("last_over_time", BASELINE.minus(LEARNT)).offset(LAG.plus(LEARNT));
  }

  private static Made made(Service service, Expr expr, List<Scenario> scenarios) {
    return Made.of(
        expr,
        "A Go process has far more goroutines than usual.",
        Targets.nameOfEither(service.selection())
            .text(" has far more goroutines than its workload usually has."),
        scenarios);
  }
}
