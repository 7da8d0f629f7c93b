package dev.tidemark.rules.rule.self;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SelfMetrics;
import java.time.Duration;
import java.util.List;

/** Evidence cannot be saved: playbooks stop before they act, or act blindly. */
public final class EvidenceFailing implements AlertMaker {
  private static final Parameter<Double> MORE_THAN =
      Parameter.count("moreThan", 3, 0, 1000, "failures in an hour");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("evidence-failing", "TidemarkEvidenceFailing", Severity.WARNING)
        .keepsFiring(Duration.ofMinutes(10))
        .with(MORE_THAN);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    double more = with.get(MORE_THAN);
    Counted counted =
        Counted.of(service, SelfMetrics.STEPS, "tidemark-webhook", Duration.ofHours(1))
            .where("step", SelfMetrics.EVIDENCE_STEP_KINDS)
            .where("outcome", List.of("failed", "unknown"));
    return Made.of(
        counted.roseBy(more),
        "Evidence cannot be saved.",
        Template.of("Steps of kind ")
            .label("step")
            .text(" failed again and again: pprof may not be reachable, or the disk is full."),
        counted.scenarios(more, fires -> fires));
  }
}
