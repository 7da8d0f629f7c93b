package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.model.Settings;
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
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(5));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Counted counted =
        Counted.of(
                service,
                SourceMetrics.NOTIFICATIONS_FAILED,
                "alertmanager",
                tryToTry(service.settings()))
            .where("integration", List.of("webhook"));
    return Made.of(
        counted.roseBy(0),
        "Alertmanager cannot deliver to a webhook.",
        Template.of("Alertmanager ")
            .label("instance")
            .text(" gave up notifications to a webhook: alerts reach nobody that way."),
        counted.scenarios(0, fires -> fires));
  }

  /**
   * Alertmanager gives up a group once a group interval. A window that is no longer has times
   * without an increase, and then {@code for} starts again and again.
   */
  private static Duration tryToTry(Settings settings) {
    return settings.notifyInterval().plus(settings.scrapeInterval().multipliedBy(2));
  }
}
