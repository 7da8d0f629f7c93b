package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Trouble;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;

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
        ? Trouble.made(service, CLASS, SUMMARY, WHAT + ".")
        : LeakAlert.ofGrowth(
            Source.offHeap(service, growth.perHour()),
            growth.windows(),
            alert,
            new LeakAlert(entry(), "", SUMMARY, WHAT));
  }
}
