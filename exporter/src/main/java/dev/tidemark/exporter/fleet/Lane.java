package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.source.Column;
import dev.tidemark.signals.target.TargetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a chunk and the target it belongs to, looked up once rather than for each sample: a
 * key is a sorted map, and hashing one costs more than judging does.
 */
final class Lane {
  /** No slot of the chunk. */
  static final int NEVER = Integer.MAX_VALUE;

  final int signal;
  private final Column column;
  private final int slots;
  private final TargetKey key;
  private @Nullable TargetState target;
  private int lookedUpAt = -1;
  private int next;

  private Lane(int signal, TargetKey key, Column column, int slots) {
    this.signal = signal;
    this.key = key;
    this.column = column;
    this.slots = slots;
  }

  static List<Lane> of(int signal, Map<TargetKey, Column> columns, int slots) {
    List<Lane> lanes = new ArrayList<>(columns.size());
    columns.forEach((key, column) -> lanes.add(new Lane(signal, key, column, slots)));
    return lanes;
  }

  /** NaN where the slot is empty. */
  double at(int slot) {
    return column.at(slot);
  }

  /** The first slot from this one on that is not empty; asked with ever later ones. */
  int next(int from) {
    for (next = Math.max(next, from); next < slots; next++) {
      if (!Double.isNaN(column.at(next))) {
        return next;
      }
    }
    return NEVER;
  }

  /** Null where the target is not asked for: another container of the cluster. */
  @Nullable TargetState target(Census census) {
    if (lookedUpAt != census.edition()) {
      lookedUpAt = census.edition();
      target = census.find(key);
    }
    return target;
  }

  /** What its target is called; empty where there is none. */
  String name() {
    return target == null ? "" : target.name;
  }
}
