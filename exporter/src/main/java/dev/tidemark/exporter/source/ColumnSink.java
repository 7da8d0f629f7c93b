package dev.tidemark.exporter.source;

import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the rows of an answer by target; two rows of one target merge to the larger. */
final class ColumnSink implements SeriesSink {
  private final Slots slots;
  private final LabelSets sets;
  private final Map<TargetKey, Column> columns = new HashMap<>();
  private @Nullable Column current;
  private long notFinite;
  private long offGrid;
  private long noTarget;

  ColumnSink(Slots slots, LabelSets sets) {
    this.slots = slots;
    this.sets = sets;
  }

  @Override
  public void begin(Map<String, String> labels) {
    current =
        TargetKey.of(sets.same(labels))
            .map(key -> columns.computeIfAbsent(key, k -> new Column(slots.count())))
            .orElse(null);
  }

  @Override
  public void sample(long millis, double value) {
    if (current == null) {
      noTarget++;
      return;
    }
    int slot = slots.indexOf(millis);
    if (slot < 0) {
      offGrid++;
    } else if (!Double.isFinite(value)) {
      notFinite++;
    } else {
      current.merge(slot, value);
    }
  }

  @Override
  public void end() {
    current = null;
  }

  /** Samples that were not even handed on. */
  void offGrid(long more) {
    offGrid += more;
  }

  Map<TargetKey, Column> columns() {
    return columns;
  }

  Chunk.Rejected rejected() {
    return new Chunk.Rejected(notFinite, offGrid, noTarget);
  }
}
