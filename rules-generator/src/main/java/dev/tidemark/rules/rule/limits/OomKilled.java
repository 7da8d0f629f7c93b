package dev.tidemark.rules.rule.limits;

import dev.tidemark.promql.print.Matcher;
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
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.List;

/**
 * Containers that the kernel killed for memory. A kill's own counter dies with the container, so
 * restarts are joined with the reason of the last end.
 *
 * @param times how many kills make one alert, by default
 * @param within during which time, by default
 */
public record OomKilled(CatalogueEntry entry, Parameter<Double> times, Parameter<Duration> within)
    implements AlertMaker {
  /** One is enough. */
  public static final OomKilled ONCE =
      of(
          CatalogueEntry.of("oom-killed", "GoOomKilled", Severity.WARNING)
              .keepsFiring(Duration.ofMinutes(5)),
          1,
          Duration.ofMinutes(10));

  /** Again and again: it will not recover by itself. */
  public static final OomKilled LOOP =
      of(
          CatalogueEntry.of("oom-loop", "GoOomLoop", Severity.CRITICAL)
              .keepsFiring(Duration.ofMinutes(5)),
          3,
          Duration.ofHours(1));

  private static OomKilled of(CatalogueEntry entry, int times, Duration within) {
    Parameter<Double> kills = Parameter.count("times", times, 1, 100, "kills that make an alert");
    Parameter<Duration> during =
        Parameter.duration(
            "within", within, Duration.ofMinutes(1), Duration.ofHours(24), "during this time");
    return new OomKilled(entry.with(kills, during), kills, during);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    Selection selection = service.selection();
    double least = with.get(times);
    Duration window = with.get(within);
    // not remembered: the reason of the end before would be taken for this one's
    Expr reason =
        Expr.series(
                SourceMetrics.LAST_TERMINATED_REASON,
                Targets.containers(selection, Matcher.equal("reason", "OOMKilled")))
            .by("max", Targets.CONTAINER)
            .compare("==", 1);
    Expr killed =
        Restarts.during(selection, window)
            .compare(">=", least)
            .and(Targets.CONTAINER, reason)
            .or(Restarts.oomEvents(selection, window).compare(">=", least));
    return Made.of(
        Targets.ofPodsAnsweringOrNot(selection, killed)
            .by("max", Targets.groupingOfPods(selection)),
        least > 1
            ? "The kernel kills a container for memory again and again."
            : "The kernel killed a container for memory.",
        Targets.nameOfPod(selection)
            .text(
                " was killed at its memory limit"
                    + (least > 1
                        ? ", "
                            + Expr.number(least).text()
                            + " times within "
                            + PromDuration.format(window)
                        : "")
                    + "; its memory is lost, the profiles of its neighbours may tell why."),
        scenarios(service, least, window));
  }

  private static List<Scenario> scenarios(Service service, double least, Duration window) {
    Cases cases = Cases.ofContainer(service).during(window);
    Fixture fixture = cases.fixture();
    Input restarts = Restarts.restarting(fixture, least, "10.0.0.7:8080");
    Input killed = reason(fixture, "OOMKilled", "10.0.0.7:8080");
    return cases
        .fires("a kill fires, and ends when it is past", least, restarts, killed)
        .fires(
            "two kube-state-metrics do no harm",
            least,
            restarts,
            killed,
            Restarts.restarting(fixture, least, "10.0.0.8:8080"),
            reason(fixture, "OOMKilled", "10.0.0.8:8080"))
        .fires(
            "a kill that the container outlived fires without kube-state-metrics",
            least,
            Input.counts(fixture.container(SourceMetrics.OOM_EVENTS, "id", "/kubepods/a"), least))
        .silent(
            "restarts for another reason stay silent",
            restarts,
            reason(fixture, "Error", "10.0.0.7:8080"))
        .silent("a kill of long ago stays silent", Input.steady(restarts.series(), 9), killed)
        .all();
  }

  private static Input reason(Fixture fixture, String reason, String replica) {
    return Input.steady(
        fixture.container(
            SourceMetrics.LAST_TERMINATED_REASON,
            "reason",
            reason,
            "job",
            "kube-state-metrics",
            "instance",
            replica),
        1);
  }
}
