package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/**
 * Alertmanager cannot deliver to a webhook: seen from the side that still works when the webhook
 * does not.
 */
public final class WebhookFailing implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("webhook-failing", "TidemarkWebhookFailing", Severity.CRITICAL)
        .waits(Duration.ofMinutes(5))
        .keepsFiring(Duration.ofMinutes(5));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Counted counted =
        Counted.of(
                service, SourceMetrics.NOTIFICATIONS_FAILED, "alertmanager", Duration.ofMinutes(5))
            .where("integration", List.of("webhook"));
    return Made.of(
        counted.roseBy(0),
        "Alertmanager cannot deliver to a webhook.",
        Template.of("Alertmanager ")
            .label("instance")
            .text(" gave up notifications to a webhook: alerts reach nobody that way."),
        counted.scenarios(0, fires -> fires));
  }
}
