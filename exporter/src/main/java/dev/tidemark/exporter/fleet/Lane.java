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
  final int signal;
  private final Column column;
  private final TargetKey key;
  private @Nullable TargetState target;
  private int lookedUpAt = -1;

  private Lane(int signal, TargetKey key, Column column) {
    this.signal = signal;
    this.key = key;
    this.column = column;
  }

  static List<Lane> of(int signal, Map<TargetKey, Column> columns) {
    List<Lane> lanes = new ArrayList<>(columns.size());
    columns.forEach((key, column) -> lanes.add(new Lane(signal, key, column)));
    return lanes;
  }

  double at(int slot) {
    return column.at(slot);
  }

  /** Null where the target is not asked for: another container of the cluster. */
  @Nullable TargetState target(Census census) {
    if (lookedUpAt != census.edition()) {
      lookedUpAt = census.edition();
      target = census.find(key);
    }
    return target;
  }
}
