package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import java.util.List;
import java.util.Optional;

/**
 * An alert and what was found for it.
 *
 * @param values in place of its own; none where it stays
 * @param episodes of the whole past with these
 * @param tried how many other values were looked at
 * @param refused what would be quieter still and was refused, and why; empty where nothing was
 */
public record Tuned(
    Subject subject, Values values, List<Episode> episodes, int tried, Optional<String> refused) {
  public Tuned {
    episodes = List.copyOf(episodes);
  }

  public boolean isChanged() {
    return !values.said().isEmpty();
  }
}
