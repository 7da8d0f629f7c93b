package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import dev.tidemark.rules.history.Tally;
import dev.tidemark.rules.model.Routing;
import java.util.List;

/**
 * What came of a budget.
 *
 * @param learnt on the part that was searched
 * @param heldOut on the other, which nobody looked at before
 * @param whole on both, as a backtest of the same time counts it
 */
public record Outcome(Pool pool, List<Tuned> alerts, Use learnt, Use heldOut, Use whole) {
  /**
   * @param before how often people would have been told
   * @param allowed in a time as long
   */
  public record Use(int before, int after, long allowed) {
    public boolean holds() {
      return after <= allowed;
    }
  }

  public Outcome {
    alerts = List.copyOf(alerts);
  }

  static Outcome of(Pool pool, List<Tuned> alerts, Parts parts, Routing routing) {
    List<Episode> before =
        alerts.stream().flatMap(t -> t.subject().before().episodes().stream()).toList();
    List<Episode> after = alerts.stream().flatMap(t -> t.episodes().stream()).toList();
    return new Outcome(
        pool,
        alerts,
        new Use(
            told(parts.learnt(before), routing),
            told(parts.learnt(after), routing),
            pool.budget().allowed(parts.learnt())),
        new Use(
            told(parts.heldOut(before), routing),
            told(parts.heldOut(after), routing),
            pool.budget().allowed(parts.heldOut())),
        new Use(told(before, routing), told(after, routing), pool.budget().allowed(parts.whole())));
  }

  static int told(List<Episode> episodes, Routing routing) {
    return Tally.of(episodes, routing).told();
  }

  /** As a backtest judges it; what was changed must also hold where it was not chosen by. */
  public boolean holds() {
    return whole.holds() && (!isChanged() || heldOut.holds());
  }

  public boolean isChanged() {
    return alerts.stream().anyMatch(Tuned::isChanged);
  }
}
