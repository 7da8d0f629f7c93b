package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SelfMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program of ours runs on with its old configuration, because the new one is wrong. */
public final class ConfigRefused implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("config-refused", "TidemarkConfigRefused", Severity.WARNING)
        .waits(Duration.ofMinutes(10));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    List<String> by = List.of("cluster", "job", "instance");
    Map<String, String> labels = SelfFixture.labels(service, "tidemark-webhook");
    String good = Fixture.series(SelfMetrics.CONFIG_GOOD, labels);
    labels.keySet().retainAll(by);
    return Made.of(
        Expr.series(SelfMetrics.CONFIG_GOOD, service.selection().all())
            .by("min", by)
            .compare("==", 0),
        "A configuration was refused.",
        Template.of("")
            .label("job")
            .text(" at ")
            .label("instance")
            .text(
                " could not read its new configuration and goes on with the one before; a restart"
                    + " would fail."),
        Cases.of(service, labels)
            .fires("a refused configuration fires, and ends", 0, Input.bad(good, 1, 0))
            .silent("a good one stays silent", Input.steady(good, 1))
            .all());
  }
}
