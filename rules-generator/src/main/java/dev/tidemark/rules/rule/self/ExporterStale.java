package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
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
import java.util.TreeMap;

/** No exporter got a whole answer from a source for a while, so nothing is judged any more. */
public final class ExporterStale implements AlertMaker {
  private static final Parameter<Duration> AFTER =
      Parameter.duration("after", Duration.ofMinutes(5), "since the last whole answer");
  private static final List<String> BY = List.of("cluster", "job", "shard", "source");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("exporter-stale", "TidemarkExporterStale", Severity.CRITICAL)
        .waits(Duration.ofMinutes(2))
        .with(AFTER);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Duration after = with.get(AFTER);
    Expr last =
        Expr.series(SelfMetrics.SOURCE_LAST_SUCCESS, service.selection().all()).by("max", BY);
    Expr expr = Expr.time().minus(last).compare(">", after.toMillis() / 1000.0);
    return Made.of(
        expr,
        "Tidemark's exporter gets no data.",
        Template.of("The source ")
            .label("source")
            .text(
                " gave no whole answer for a while: scores and leak states are withdrawn, and"
                    + " leaks are not seen."),
        scenarios(service, after));
  }

  /** Where the scrape tells shards apart. */
  private static Scenario ofShards(Service service, Input fresh) {
    Map<String, String> labels = new TreeMap<>(SelfFixture.labels(service));
    labels.put("shard", "1/2");
    Input other = new Input(fresh.series(), Level.CLOCK, Level.CLOCK, Level.CLOCK);
    Input stops =
        new Input(
            SelfFixture.series(service, "10.0.0.6:9477", labels.get("shard")),
            Level.CLOCK,
            Level.STOPPED_CLOCK,
            Level.CLOCK);
    return Scenario.fires("a fresh shard hides no stale one", List.of(other, stops), labels, 0);
  }

  private static List<Scenario> scenarios(Service service, Duration after) {
    Map<String, String> labels = SelfFixture.labels(service);
    String series = SelfFixture.series(service, "10.0.0.4:9477");
    Input stops = new Input(series, Level.CLOCK, Level.STOPPED_CLOCK, Level.CLOCK);
    String replica = SelfFixture.series(service, "10.0.0.5:9477");
    Input goesOn = new Input(replica, Level.CLOCK, Level.CLOCK, Level.CLOCK);
    return List.of(
        Scenario.fires("a stale source fires, and ends when it answers", List.of(stops), labels, 0)
            .after(after),
        Scenario.silent("a fresh source stays silent", List.of(goesOn)).after(after),
        Scenario.silent("one fresh exporter of two is enough", List.of(stops, goesOn)).after(after),
        ofShards(service, stops).after(after),
        Scenario.silent("no data stays silent", List.of()));
  }
}
