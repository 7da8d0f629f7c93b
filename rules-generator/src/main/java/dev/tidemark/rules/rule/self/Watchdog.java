package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import java.util.List;
import java.util.Map;

/** Always fires: who stops hearing it knows that alerts no longer arrive. */
public final class Watchdog implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("watchdog", "TidemarkWatchdog", Severity.NONE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    return Made.of(
        Expr.number(1).in("vector"),
        "Alerts arrive.",
        Template.of(
            "Always fires. Whoever should hear it and does not knows that Prometheus, Alertmanager"
                + " or the way between them is broken."),
        List.of(
            Scenario.fires("it fires, whatever there is", List.of(), Map.of(), 1).withoutEnd()));
  }
}
