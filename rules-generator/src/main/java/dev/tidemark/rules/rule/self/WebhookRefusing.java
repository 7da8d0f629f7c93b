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

/** The webhook refuses what Alertmanager sends: wrong credentials, or a body that is none. */
public final class WebhookRefusing implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("webhook-refusing", "TidemarkWebhookRefusing", Severity.WARNING)
        .waits(Duration.ofMinutes(5))
        .keepsFiring(Duration.ofMinutes(5));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Counted counted =
        Counted.of(service, SelfMetrics.NOTIFICATIONS, "tidemark-webhook", Duration.ofMinutes(15))
            .where("code", List.of("401", "400", "403", "405", "413", "415"));
    return Made.of(
        counted.roseBy(0),
        "The webhook refuses notifications.",
        Template.of("The webhook answers ")
            .label("code")
            .text(": Alertmanager drops such notifications, and nobody else gets them."),
        counted.scenarios(0, fires -> fires));
  }
}
