package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Setting;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.memory.MemoryNearLimit;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A leak reaches its limit within hours: the page. */
public final class DiesSoon implements AlertMaker {
  public static final String ID = "dies-soon";

  private static final String SIGNAL = "heap_live";

  private static final Parameter<Duration> WITHIN =
      Parameter.duration("within", Duration.ofHours(4), "time to the limit at the present growth");

  private static final Parameter<Double> ABOVE =
      Parameter.number(
          "above", 0.5, 0, 0.98, "engine promql: only where more than this share is used already");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of(ID, "GoDiesSoon", Severity.CRITICAL)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(10))
        .with(WITHIN, ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    GrowthParameters.refuseWorkload(service, alert, with);
    double within = with.get(WITHIN).toMillis() / 1000.0;
    double above = with.get(ABOVE);
    return alert.engine() == Engine.EXPORTER
        ? byExporter(service, within).ofWorkloadOfSeries()
        : byRules(service, within, above);
  }

  /** How long before its death an alert tells of a target; zero for other alerts. */
  public static Duration foretells(Alert alert, Map<String, Setting> settings) {
    boolean is = alert.use().filter(use -> use.value().equals(ID)).isPresent();
    Setting within = settings.get(WITHIN.name());
    return is && within != null ? PromDuration.parse(within.value()) : Duration.ZERO;
  }

  private static Made byExporter(Service service, double within) {
    Selection selection = service.selection();
    List<String> by = Targets.groupingWithWorkload(selection);
    by.add(MetricNames.LABEL_SIGNAL);
    Expr soon =
        Targets.exposed(selection, MetricNames.TIME_TO_LIMIT).by("min", by).compare("<", within);
    Expr leaks = Targets.exposed(selection, MetricNames.LEAK_STATE).by("max", by).compare(">=", 2);
    Fixture fixture = new Fixture(service);
    String left = fixture.exposed(MetricNames.TIME_TO_LIMIT, SIGNAL, "a");
    String state = fixture.exposed(MetricNames.LEAK_STATE, SIGNAL, "a");
    Input near = new Input(left, Level.of(within * 2), Level.of(within / 2), Level.of(within * 2));
    Map<String, String> labels = fixture.grouped(by, /* workload= */ true);
    labels.put(MetricNames.LABEL_SIGNAL, SIGNAL);
    return made(
        service,
        soon.and(leaks),
        List.of(
            Scenario.fires(
                "a leak near its limit fires, and ends when time is won",
                fixture.with(near, Input.steady(state, 2)),
                labels,
                within / 2),
            Scenario.silent(
                "growth that is no leak stays silent", fixture.with(near, Input.steady(state, 1))),
            Scenario.silent(
                "a leak with time left stays silent",
                fixture.with(Input.steady(left, within + 60), Input.steady(state, 2))),
            Scenario.silent("no data stays silent", List.of())));
  }

  /** The share of its memory a target uses goes straight up for an hour. */
  private static Made byRules(Service service, double within, double above) {
    Duration half = Window.of(Duration.ofHours(1), service.settings()).half();
    Recording used =
        Recording.of(service, "target:memory_used:ratio", MemoryNearLimit.share(service));
    Expr share = used.series();
    Expr speed = share.over("deriv", half);
    Expr left = Expr.number(1).minus(share).dividedBy(speed);
    Expr straight =
        speed
            .times(half.toMillis() / 1000.0)
            .op(">", share.over("stddev_over_time", half).times(1.5));
    Expr expr =
        left.compare("<", within)
            .and(straight)
            .and(speed.offset(half).op(">", speed.times(0.3)))
            .and(share.compare(">", above));
    return made(service, expr, List.of(Scenario.silent("no data stays silent", List.of())))
        .after(List.of(used));
  }

  private static Made made(Service service, Expr expr, List<Scenario> scenarios) {
    return Made.of(
        expr,
        "A Go process will soon reach its limit.",
        Targets.nameOfEither(service.selection())
            .text(" leaks and reaches its limit within hours: save the evidence and act now."),
        scenarios);
  }
}
