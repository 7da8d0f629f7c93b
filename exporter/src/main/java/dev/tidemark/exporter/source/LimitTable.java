package dev.tidemark.exporter.source;

import dev.tidemark.signals.target.TargetKey;
import java.util.Map;

/**
 * The limits of all targets from a slot on, or another fact of them; who is not named has none.
 *
 * @param slot epoch milliseconds
 * @param of the expression of the limit, or {@link Lookup#name}
 */
public record LimitTable(long slot, String of, Map<TargetKey, Double> limits) {
  public LimitTable {
    limits = Map.copyOf(limits);
  }
}
