package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A past in two: thresholds are looked for on the first part, and judged on the second. An episode
 * belongs to the part in which it began.
 *
 * @param cut where the second begins
 */
public record Parts(Instant from, Instant cut, Instant to) {
  public Parts {
    if (!from.isBefore(cut) || !cut.isBefore(to)) {
      throw new IllegalArgumentException("needs two parts, found " + from + ", " + cut + ", " + to);
    }
  }

  /**
   * @param share of the first part, between 0 and 1
   */
  public static Parts of(Instant from, Instant to, double share) {
    long whole = Duration.between(from, to).toMillis();
    long millis = Math.round(whole * share);
    // people read it: no part of a second where that is nothing
    return new Parts(from, from.plusMillis(whole < 60_000 ? millis : millis / 1000 * 1000), to);
  }

  public Duration learnt() {
    return Duration.between(from, cut);
  }

  public Duration heldOut() {
    return Duration.between(cut, to);
  }

  public Duration whole() {
    return Duration.between(from, to);
  }

  public boolean isLearnt(Episode episode) {
    return episode.from().isBefore(cut);
  }

  public List<Episode> learnt(List<Episode> episodes) {
    return episodes.stream().filter(this::isLearnt).toList();
  }

  public List<Episode> heldOut(List<Episode> episodes) {
    return episodes.stream().filter(episode -> !isLearnt(episode)).toList();
  }
}
