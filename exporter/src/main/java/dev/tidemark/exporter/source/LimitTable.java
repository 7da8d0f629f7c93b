package dev.tidemark.exporter.source;

import dev.tidemark.signals.fact.Fact;
import dev.tidemark.signals.target.TargetKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The limits of all targets from a slot on, or another fact of them; who is not named has none.
 *
 * @param slot epoch milliseconds
 * @param of the expression of the limit, or {@link Lookup#name}
 * @param merge which counts where two replicas tell of one target
 */
public record LimitTable(long slot, String of, Map<TargetKey, Double> limits, Fact.Merge merge) {
  public LimitTable {
    limits = Map.copyOf(limits);
  }

  /** A table of limits: the smallest counts. */
  public LimitTable(long slot, String of, Map<TargetKey, Double> limits) {
    this(slot, of, limits, Fact.Merge.MIN);
  }

  /** What both tell of the same slot. */
  LimitTable and(LimitTable other) {
    Map<TargetKey, Double> both = new HashMap<>(limits);
    other.limits.forEach((key, limit) -> both.merge(key, limit, merge::of));
    return new LimitTable(slot, of, both, merge);
  }
}
