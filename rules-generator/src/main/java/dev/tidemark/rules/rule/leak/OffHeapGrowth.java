package dev.tidemark.rules.rule.leak;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.MetricNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Memory grows that Go's runtime does not manage: C, mappings, page cache of the container. */
public final class OffHeapGrowth implements AlertMaker {
  private static final String CLASS = "off_heap_growth";
  private static final String SUMMARY = "Memory outside of Go's heap grows.";
  private static final String WHAT =
      "has ever more memory that Go's runtime does not manage (C libraries, mappings)";

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("off-heap-growth", "GoOffHeapGrowth", Severity.WARNING)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(15))
        .with(GrowthParameters.PER_HOUR, GrowthParameters.FAST, GrowthParameters.SLOW);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    GrowthParameters growth = GrowthParameters.of(service, alert, with);
    return alert.engine() == Engine.EXPORTER
        ? byExporter(service)
        : LeakAlert.ofGrowth(
            Source.offHeap(service, growth.perHour()),
            growth.windows(),
            alert,
            new LeakAlert(entry(), "", SUMMARY, WHAT));
  }

  private static Made byExporter(Service service) {
    Selection selection = service.selection();
    List<String> by = Targets.groupingWithWorkload(selection);
    List<Matcher> matchers =
        Targets.matchers(selection, Matcher.equal(MetricNames.LABEL_CLASS, CLASS));
    Expr trouble = Targets.seen(selection, MetricNames.TROUBLE, matchers);
    Expr expr = Targets.ofService(selection, trouble).by("max", by).compare(">", 0);
    Fixture fixture = new Fixture(service);
    String series =
        fixture.own(
            MetricNames.TROUBLE,
            Map.of(
                MetricNames.LABEL_WORKLOAD,
                fixture.workload(),
                MetricNames.LABEL_CLASS,
                CLASS,
                MetricNames.LABEL_REPLICA,
                "a"));
    Input grows = new Input(series, Level.of(0), Level.of(1), Level.of(0));
    return Made.of(
            expr,
            SUMMARY,
            Targets.name(selection).text(" " + WHAT + "."),
            List.of(
                Scenario.fires(
                    "growth fires, and ends when it ends",
                    fixture.with(grows),
                    fixture.grouped(by, /* workload= */ true),
                    1),
                Scenario.silent("no trouble stays silent", fixture.with(Input.steady(series, 0))),
                Scenario.silent("no data stays silent", List.of())))
        .ofWorkloadOfSeries();
  }
}
