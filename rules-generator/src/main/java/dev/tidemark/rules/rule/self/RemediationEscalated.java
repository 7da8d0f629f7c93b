package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SelfMetrics;
import java.time.Duration;
import java.util.List;

/** A remediation failed, or nobody can tell what it did: a person has to look. */
public final class RemediationEscalated implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of(
            "remediation-escalated", "TidemarkRemediationEscalated", Severity.CRITICAL)
        .keepsFiring(Duration.ofMinutes(15));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Counted counted =
        Counted.of(service, SelfMetrics.EPISODES, "tidemark-webhook", Duration.ofMinutes(15))
            .where("outcome", List.of("failed", "unknown"));
    return Made.of(
        counted.roseBy(0),
        "A remediation did not work.",
        Template.of("An episode ended with the outcome ")
            .label("outcome")
            .text(": open the webhook's page, it shows each step and its reason."),
        counted.scenarios(0, fires -> fires));
  }
}
