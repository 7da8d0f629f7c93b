package dev.tidemark.rules.metric;

import java.util.Optional;

/**
 * A metric of a common exporter.
 *
 * @param from who exposes it
 * @param instead where releases dropped it, what to ask now
 */
public record KnownMetric(String name, Type type, String from, Optional<String> instead) {
  /** How its values run. */
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY
  }
}
