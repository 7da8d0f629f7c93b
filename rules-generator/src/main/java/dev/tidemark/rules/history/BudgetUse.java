package dev.tidemark.rules.history;

import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.spec.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a team's budget the past used.
 *
 * @param told how often the team would have been told
 * @param allowed in a time as long as the past
 */
public record BudgetUse(String team, String severity, Rate budget, int told, long allowed) {
  public boolean isOver() {
    return told > allowed;
  }

  /**
   * A row for each budget there is.
   *
   * @param past its length
   */
  public static List<BudgetUse> of(Routing routing, List<Replayed> replayed, Duration past) {
    List<BudgetUse> uses = new ArrayList<>();
    for (Routing.Team team : routing.teams()) {
      team.budget()
          .forEach(
              (severity, rate) -> {
                List<Episode> episodes =
                    replayed.stream()
                        .filter(alert -> alert.label("team").equals(team.name()))
                        .filter(alert -> alert.label("severity").equals(severity.label()))
                        .flatMap(alert -> alert.episodes().stream())
                        .toList();
                int told = Tally.of(episodes, routing).told();
                long allowed = rate.allowed(past);
                uses.add(new BudgetUse(team.name(), severity.label(), rate, told, allowed));
              });
    }
    return uses;
  }
}
