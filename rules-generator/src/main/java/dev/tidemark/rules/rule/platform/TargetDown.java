package dev.tidemark.rules.rule.platform;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;

/** Prometheus cannot scrape a target it knows. */
public final class TargetDown implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("target-down", "GoTargetDown", Severity.WARNING)
        .waits(Duration.ofMinutes(5))
        .keepsFiring(Duration.ofMinutes(2));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    Selection selection = service.selection();
    Expr down =
        Expr.series(SourceMetrics.UP, selection.all())
            .by("min", Targets.grouping(selection))
            .compare("==", 0);
    Cases cases = Cases.ofProcess(service);
    String up = cases.fixture().process(SourceMetrics.UP);
    return Made.of(
        down,
        "A target cannot be scraped.",
        Targets.name(selection)
            .text(" does not answer Prometheus: it is down, too busy, or not reachable."),
        cases
            .fires("a target that does not answer fires, and ends", 0, Input.bad(up, 1, 0))
            .fires(
                "one of two scrapes that fails fires",
                0,
                Input.bad(up, 1, 0),
                Input.steady(cases.fixture().process(SourceMetrics.UP, "endpoint", "other"), 1))
            .silent("a target that answers stays silent", Input.steady(up, 1))
            .silent(
                "a target that is gone stays silent",
                new Input(up, Level.of(1), Level.GONE, Level.GONE))
            .all());
  }
}
