package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;

/**
 * The exporter has confirmed a leak of one signal.
 *
 * @param signal id of the catalogue of signals
 * @param summary the same for every target
 * @param what what the target does, after its name and before the evidence
 */
public record LeakAlert(CatalogueEntry entry, String signal, String summary, String what)
    implements AlertMaker {
  /** Goroutines that never end. */
  public static final LeakAlert GOROUTINES =
      new LeakAlert(
          entry("goroutine-leak", "GoGoroutineLeak"),
          "goroutines",
          "A Go process leaks goroutines.",
          "has ever more goroutines");

  /** Memory that stays reachable. */
  public static final LeakAlert HEAP =
      new LeakAlert(
          entry("heap-leak", "GoHeapLeak"),
          "heap_live",
          "A Go process leaks heap memory.",
          "keeps ever more memory that the collector cannot free");

  private static CatalogueEntry entry(String id, String alert) {
    return CatalogueEntry.of(id, alert, Severity.WARNING)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(15))
        .judgedBy(Engine.EXPORTER)
        .with(Leak.MIN_HISTORY, Leak.GROWTH);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Leak leak = Leak.of(signal, with);
    Template description =
        Targets.name(service.selection())
            .text(
                " "
                    + what
                    + ": the growth passed every test of a leak, and load, deploys and yesterday"
                    + " do not explain it.");
    return Made.of(leak.expr(service.selection()), summary, description, leak.scenarios(service))
        .ofWorkloadOfSeries();
  }
}
