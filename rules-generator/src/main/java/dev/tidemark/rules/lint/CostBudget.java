package dev.tidemark.rules.lint;

import dev.tidemark.rules.cost.RuleCost;
import dev.tidemark.rules.lint.Finding.Level;
import java.util.List;

/** Rules that read more samples at an evaluation than is allowed. */
public final class CostBudget {
  static final String ID = "cost-budget";

  private CostBudget() {}

  public static List<Finding> among(List<RuleCost> costs, long mostSamples) {
    return costs.stream()
        .filter(cost -> cost.samples() > mostSamples)
        .map(
            cost ->
                new Finding(
                    ID,
                    Level.WARNING,
                    cost.rule().place(),
                    0,
                    cost.rule().name().value(),
                    "reads " + cost.samples() + " samples at each evaluation",
                    mostSamples + " or fewer: a shorter range, or a recording rule to read from"))
        .toList();
  }
}
