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

/** An exporter turned series away: what is refused is not judged. */
public final class SeriesRefused implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("series-refused", "TidemarkSeriesRefused", Severity.WARNING)
        .keepsFiring(Duration.ofMinutes(10));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Counted counted =
        Counted.of(service, SelfMetrics.SERIES_REFUSED, "tidemark-exporter", Duration.ofHours(1))
            .by("reason", "total");
    return Made.of(
        counted.roseBy(0),
        "An exporter refuses series.",
        Template.of("The exporter turned series away (reason ")
            .label("reason")
            .text("): their targets are not judged, and their leaks are not seen."),
        counted.scenarios(0, fires -> fires));
  }
}
