package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SelfMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Nobody scrapes an exporter: what watches is gone, and no other alert would say so. */
public final class ExporterAbsent implements AlertMaker {
  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("exporter-absent", "TidemarkExporterAbsent", Severity.CRITICAL)
        .waits(Duration.ofMinutes(10));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Expr expr =
        Expr.series(SelfMetrics.SOURCE_LAST_SUCCESS, service.selection().all()).in("absent");
    return Made.of(
        expr,
        "Tidemark's exporter is gone.",
        Template.of(
            "Prometheus has no metrics of the exporter itself (/metrics/self): it is down, not"
                + " scraped, or never got an answer of its source. Leaks are not seen."),
        scenarios(service));
  }

  private static List<Scenario> scenarios(Service service) {
    Map<String, String> labels = service.selection().labels();
    String series = SelfFixture.series(service, "10.0.0.4:9477");
    Input gone = new Input(series, Level.CLOCK, Level.GONE, Level.CLOCK);
    String replica = SelfFixture.series(service, "10.0.0.5:9477");
    Input there = new Input(replica, Level.CLOCK, Level.CLOCK, Level.CLOCK);
    return List.of(
        Scenario.fires(
            "an exporter that goes fires, and ends when it is back", List.of(gone), labels, 1),
        Scenario.silent("an exporter that is there stays silent", List.of(there)),
        Scenario.silent("one exporter of two is enough", List.of(gone, there)));
  }
}
