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
import dev.tidemark.rules.rule.Limits;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Pods;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/**
 * The scheduler counts on far less memory than the container may take: a full node kills it first.
 */
public final class RequestsFarBelowLimits implements AlertMaker {
  private static final Parameter<Double> BELOW =
      Parameter.number("below", 0.6, 0.01, 1, "requests as a share of limits");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("requests-far-below-limits", "GoRequestsFarBelowLimits", Severity.INFO)
        .waits(Duration.ofHours(1))
        .with(BELOW);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    Selection selection = service.selection();
    double below = with.get(BELOW);
    Expr asked =
        Targets.known(selection, SourceMetrics.POD_REQUESTS, Matcher.equal("resource", "memory"))
            .by("max", Targets.CONTAINER);
    Expr share =
        Targets.notEnded(selection, asked).dividedBy(Targets.CONTAINER, Limits.memory(selection));
    return Made.of(
        Targets.ofPods(selection, share)
            .by("min", Targets.groupingOfPods(selection))
            .compare("<", below),
        "A container requests far less memory than its limit.",
        Targets.nameOfPod(selection)
            .text(" requests only ")
            .percentage()
            .text(" of its memory limit: where nodes are full it is killed below its limit."),
        scenarios(service, below));
  }

  private static List<Scenario> scenarios(Service service, double below) {
    Cases cases = Cases.ofContainer(service);
    Fixture fixture = cases.fixture();
    double low = Math.max(0.01, Math.floor(below / 2 * 100) / 100);
    Input less = Input.bad(asks(fixture, "10.0.0.7:8080"), 1000, low * 1000);
    Input limit = Limits.told(fixture, "memory", 1000, "10.0.0.7:8080");
    return cases
        .fires("small requests fire, and end", low, less, limit)
        .fires(
            "two kube-state-metrics do no harm",
            low,
            less,
            Input.bad(asks(fixture, "10.0.0.8:8080"), 1000, low * 1000),
            limit,
            Limits.told(fixture, "memory", 1000, "10.0.0.8:8080"))
        .silent(
            "requests of such a share stay silent",
            Input.steady(less.series(), below * 1000),
            limit)
        .silent("no limit stays silent", less)
        .silent(
            "a pod that has ended stays silent",
            less,
            limit,
            Pods.phase(fixture, "Failed", 1),
            Pods.phase(fixture, "Running", 0))
        .all();
  }

  private static String asks(Fixture fixture, String replica) {
    return fixture.container(
        SourceMetrics.POD_REQUESTS,
        "resource",
        "memory",
        "job",
        "kube-state-metrics",
        "instance",
        replica);
  }
}
