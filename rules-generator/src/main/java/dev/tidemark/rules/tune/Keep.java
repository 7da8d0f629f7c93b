package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Marks episodes that must still be seen: {@code 2026-01-31T08:00:00Z}, or with labels {@code
 * 2026-01-31T08:00:00Z alertname=GoHeapLeak,pod=a}.
 *
 * @param at a time at which they fired
 * @param labels that they have
 */
public record Keep(Instant at, SortedMap<String, String> labels) {
  public Keep {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** IllegalArgumentException says what was found and what would be right. */
  public static Keep parse(String text) {
    String[] parts = text.strip().split(" +", 2);
    SortedMap<String, String> labels = new TreeMap<>();
    try {
      Instant at = OffsetDateTime.parse(parts[0]).toInstant();
      for (String label : parts.length < 2 ? new String[0] : parts[1].split(",", -1)) {
        int equals = label.indexOf('=');
        if (equals < 1) {
          throw wrong(text);
        }
        labels.put(label.substring(0, equals).strip(), label.substring(equals + 1).strip());
      }
      return new Keep(at, labels);
    } catch (DateTimeParseException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "found "
            + text
            + ", needs a time and perhaps labels: 2026-01-31T08:00:00Z alertname=GoHeapLeak,pod=a");
  }

  boolean isOf(Episode episode) {
    return !at.isBefore(episode.from())
        && !at.isAfter(episode.to())
        && episode.labels().entrySet().containsAll(labels.entrySet());
  }

  String words() {
    return "kept, as asked for";
  }
}
