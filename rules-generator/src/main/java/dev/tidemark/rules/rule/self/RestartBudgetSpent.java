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
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.List;

/** Remedies ran so often that somebody should mend the cause. */
public final class RestartBudgetSpent implements AlertMaker {
  private static final Parameter<Double> BUDGET =
      Parameter.count("budget", 7, 0, 10_000, "steps that change what runs, all targets together");

  private static final Parameter<Duration> WITHIN =
      Parameter.duration(
          "within",
          Duration.ofDays(7),
          Duration.ofHours(1),
          Duration.ofDays(30),
          "during this time");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("restart-budget-spent", "TidemarkRestartBudgetSpent", Severity.WARNING)
        .with(BUDGET, WITHIN);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    double budget = with.get(BUDGET);
    Duration within = with.get(WITHIN);
    Counted counted =
        Counted.of(service, SelfMetrics.STEPS, "tidemark-webhook", within)
            .where("step", SelfMetrics.ACTING_STEP_KINDS)
            .where("outcome", List.of("ok"))
            .together();
    return Made.of(
        counted.roseBy(budget),
        "Remedies have become a habit.",
        Template.of(
            "Tidemark acted more often than its budget of "
                + Expr.number(budget).text()
                + " in "
                + PromDuration.format(within)
                + ": mend the cause, a restart is no cure."),
        counted.scenarios(budget, Scenario::withoutEnd));
  }
}
