package dev.tidemark.rules.rule.platform;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/** Prometheus knows no target of a service at all. */
public final class TargetAbsent implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("target-absent", "GoTargetAbsent", Severity.CRITICAL)
        .waits(Duration.ofMinutes(10));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    Fixture fixture = new Fixture(service);
    String up = fixture.process(SourceMetrics.UP);
    String other = fixture.process(SourceMetrics.UP, "endpoint", "other");
    Input goes = new Input(up, Level.of(1), Level.GONE, Level.of(1));
    return Made.of(
        Expr.series(SourceMetrics.UP, service.selection().all()).in("absent"),
        "A service has no target.",
        Template.of(
            "Prometheus has no target of "
                + service.name().value()
                + ": nothing of it runs, or nobody scrapes it. None of its other alerts can fire."),
        List.of(
            Scenario.fires(
                "a service whose last target goes fires, and ends when one is back",
                List.of(goes),
                service.selection().labels(),
                1),
            Scenario.silent("one target of two is enough", List.of(goes, Input.steady(other, 1))),
            Scenario.silent(
                "a target that does not answer is a target", List.of(Input.steady(up, 0)))));
  }
}
