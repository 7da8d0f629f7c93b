package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import dev.tidemark.rules.history.Tally;
import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.spec.Rate;
import java.time.Duration;
import java.util.List;

/**
 * What came of a budget.
 *
 * @param learnt on the part that was searched
 * @param heldOut on the other, which nobody looked at before
 */
public record Outcome(Pool pool, List<Tuned> alerts, Use learnt, Use heldOut) {
  /**
   * @param before how often people would have been told
   * @param allowed in a time as long as the part, rounded up
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
            allowed(pool.budget(), parts.learnt())),
        new Use(
            told(parts.heldOut(before), routing),
            told(parts.heldOut(after), routing),
            allowed(pool.budget(), parts.heldOut())));
  }

  static int told(List<Episode> episodes, Routing routing) {
    return Tally.of(episodes, routing).told();
  }

  /** One alert a week is not too many for a day with one. */
  static long allowed(Rate budget, Duration time) {
    return (long) Math.ceil(budget.during(time) - 1e-9);
  }

  public boolean holds() {
    return learnt.holds() && heldOut.holds();
  }
}
