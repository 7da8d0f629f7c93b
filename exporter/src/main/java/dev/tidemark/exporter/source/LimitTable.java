package dev.tidemark.exporter.source;

import dev.tidemark.signals.target.TargetKey;
import java.util.Map;

/**
 * The limits of all targets from a slot on, or another fact of them; who is not named has none.
 *
 * @param slot epoch milliseconds
 * @param expr whose answer this is
 */
public record LimitTable(long slot, String expr, Map<TargetKey, Double> limits) {
  public LimitTable {
    limits = Map.copyOf(limits);
  }
}
