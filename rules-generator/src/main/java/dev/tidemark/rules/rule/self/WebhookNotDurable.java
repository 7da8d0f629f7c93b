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

/** The webhook cannot store notifications, so that Alertmanager sends them again and again. */
public final class WebhookNotDurable implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("webhook-not-durable", "TidemarkWebhookNotDurable", Severity.CRITICAL)
        .waits(Duration.ofMinutes(5))
        .keepsFiring(Duration.ofMinutes(5));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Counted counted =
        Counted.of(
                service,
                SelfMetrics.NOTIFICATIONS_NOT_STORED,
                "tidemark-webhook",
                Duration.ofMinutes(5))
            .by("reason", "write");
    return Made.of(
        counted.roseBy(0),
        "The webhook cannot store notifications.",
        Template.of("The webhook answers 503 (reason ")
            .label("reason")
            .text("): nothing is done about alerts until its disk or database takes them."),
        counted.scenarios(0, fires -> fires));
  }
}
