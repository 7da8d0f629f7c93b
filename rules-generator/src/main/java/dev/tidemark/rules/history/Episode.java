package dev.tidemark.rules.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One alert's life from firing to resolved.
 *
 * @param labels of the alert, those of the rule included
 * @param from when it fired; after {@code for}
 * @param to when it was resolved; the end of the past where it was not
 * @param open whether it fires on at the end
 */
public record Episode(SortedMap<String, String> labels, Instant from, Instant to, boolean open) {
  public Episode {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
