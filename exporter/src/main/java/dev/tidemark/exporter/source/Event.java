package dev.tidemark.exporter.source;

import java.util.Map;

/**
 * Something that becomes true in a slot and stays true until another event says otherwise.
 *
 * @param slot epoch milliseconds
 */
public record Event(long slot, Map<String, String> labels, double value) {
  public Event {
    labels = Map.copyOf(labels);
  }
}
