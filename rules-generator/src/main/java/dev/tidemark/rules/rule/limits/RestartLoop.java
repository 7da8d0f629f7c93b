package dev.tidemark.rules.rule.limits;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
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
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A target starts again and again, for whatever reason. */
public final class RestartLoop implements AlertMaker {
  private static final Parameter<Double> TIMES =
      Parameter.count("times", 3, 1, 100, "restarts that make an alert");

  private static final Parameter<Duration> WITHIN =
      Parameter.duration(
          "within",
          Duration.ofMinutes(30),
          Duration.ofMinutes(1),
          Duration.ofHours(24),
          "during this time");

  /**
   * Clocks that are set right move the start of a process by up to a second, to and fro or on and
   * on; real starts are scrapes apart.
   */
  private static final double CLOCKS = 2;

  /** So many samples a window has in any test. */
  private static final double SURELY_SEEN = 3;

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("restart-loop", "GoRestartLoop", Severity.WARNING)
        .keepsFiring(Duration.ofMinutes(5))
        .with(TIMES, WITHIN);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    Selection selection = service.selection();
    double times = with.get(TIMES);
    Duration window = with.get(WITHIN);
    Expr restarts =
        Targets.ofPodsAnsweringOrNot(selection, Restarts.during(selection, window))
            .by("max", Targets.groupingOfPods(selection))
            .or(Targets.POD, starts(service, times, window));
    return Made.of(
        restarts.compare(">=", times),
        "A target starts again and again.",
        Targets.nameOfEither(selection)
            .text(
                " started again at least "
                    + Expr.number(times).text()
                    + " times within "
                    + PromDuration.format(window)
                    + "."),
        scenarios(service, times, window));
  }

  /**
   * Of processes, and of containers that kube-state-metrics does not tell of. A process only ever
   * starts later than the one before, and a clock that is set to and fro moves a start back as
   * often as it moves it on: for each move back there is one on that was no start, and where there
   * are any one more, for a start can hide a move.
   */
  private static Expr starts(Service service, double times, Duration window) {
    Expr start = Expr.series(SourceMetrics.PROCESS_START, service.selection().all());
    Expr moved =
        start
            .over("max_over_time", window)
            .minus(start.over("min_over_time", window))
            .compare(">", CLOCKS * times);
    return start
        .over("changes", window)
        .minus(start.over("resets", window).times(2))
        .minus(start.over("resets", window).in("sgn"))
        .and(moved)
        .by("max", Targets.groupingOfEither(service.selection()));
  }

  private static List<Scenario> scenarios(Service service, double times, Duration window) {
    Cases cases = Cases.ofContainer(service).during(window);
    Fixture fixture = cases.fixture();
    Input restarts = Restarts.restarting(fixture, times, "10.0.0.7:8080");
    List<Scenario> scenarios =
        new ArrayList<>(
            cases
                .fires("restarts fire, and end when they are past", times, restarts)
                .fires(
                    "two kube-state-metrics do no harm",
                    times,
                    restarts,
                    Restarts.restarting(fixture, times, "10.0.0.8:8080"))
                .silent(
                    "restarts of long ago stay silent", Input.steady(restarts.series(), times * 9))
                .all());
    scenarios.addAll(scenarios.size() - 1, ofProcesses(service, times, window));
    return scenarios;
  }

  private static List<Scenario> ofProcesses(Service service, double times, Duration window) {
    Fixture fixture = new Fixture(service);
    String start = fixture.process(SourceMetrics.PROCESS_START);
    Level later = Level.of(9000);
    List<Scenario> scenarios = new ArrayList<>();
    if (times > 1) {
      Input once = new Input(start, Level.of(1000), later, later);
      scenarios.add(
          Scenario.silent("one restart of a process stays silent", List.of(once)).during(window));
    }
    if (times > 2) {
      // as if the clock was set on before and after the start, and back at the very moment
      Input jittery =
          new Input(
              start, Level.toAndFro(1000), Level.toAndFro(later.value()), Level.toAndFro(9000));
      scenarios.add(
          Scenario.silent("a clock that is set to and fro restarts nothing", List.of(jittery))
              .during(window));
    }
    if (times <= SURELY_SEEN) {
      scenarios.add(
          Scenario.fires(
                  "a process that starts again and again fires, and ends",
                  List.of(Input.counts(start, 100)),
                  fixture.grouped(
                      Targets.groupingOfEither(service.selection()), /* workload= */ false),
                  times)
              .settling(window));
    }
    return scenarios;
  }
}
