package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.RawSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes of samples as they were scraped what queries would have made of them: the values a selector
 * gives, and where a sample is fresh. The rules are those of Prometheus 2.42 (promql/engine.go): a
 * selector takes the newest sample of the last five minutes, unless that is a staleness marker;
 * ranges hold both their ends and no markers.
 */
final class RawRows implements RawSink {
  /** As long as a selector looks back. */
  static final long LOOKBACK_MILLIS = 300_000;

  private final Slots slots;
  private final Rows rows;
  private final List<BitSet> fresh = new ArrayList<>();
  private Map<String, String> labels = Map.of();
  private long[] times = new long[256];
  private double[] values = new double[256];
  private boolean[] stale = new boolean[256];
  private int size;

  RawRows(Slots slots) {
    this.slots = slots;
    this.rows = new Rows(slots);
  }

  /** What a selector gives. */
  Rows values() {
    return rows;
  }

  /**
   * Where the rows that {@code by (labels)} makes one are fresh, as {@link Promql#fresh} has it.
   */
  Map<Map<String, String>, BitSet> freshBy(Set<String> by) {
    Map<Map<String, String>, BitSet> groups = new HashMap<>();
    List<Map<String, String>> names = rows.labels();
    for (int i = 0; i < names.size(); i++) {
      groups.computeIfAbsent(Rows.by(by, names.get(i)), n -> new BitSet()).or(fresh.get(i));
    }
    return groups;
  }

  @Override
  public void begin(Map<String, String> found) {
    labels = found;
    size = 0;
  }

  @Override
  public void sample(long millis, double value) {
    add(millis, value, false);
  }

  @Override
  public void stale(long millis) {
    add(millis, Double.NaN, true);
  }

  private void add(long millis, double value, boolean marker) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      stale = Arrays.copyOf(stale, 2 * size);
    }
    times[size] = millis;
    values[size] = value;
    stale[size++] = marker;
  }

  @Override
  public void end() {
    BitSet near = new BitSet(slots.count());
    fresh.add(near);
    rows.begin(labels);
    long step = slots.step();
    int next = 0;
    long newest = Long.MIN_VALUE; // of the samples that are no markers
    long before = Long.MIN_VALUE;
    for (int i = 0; i < slots.count(); i++) {
      long slot = slots.at(i);
      for (; next < size && times[next] <= slot; next++) {
        if (!stale[next]) {
          before = newest;
          newest = times[next];
        }
      }
      int last = next - 1;
      if (last >= 0 && !stale[last] && times[last] >= slot - LOOKBACK_MILLIS) {
        rows.sample(slot, values[last]);
      }
      boolean late = newest >= slot - step - step / 10 && before >= slot - step * 5 / 2;
      near.set(i, newest > slot - step || late);
    }
    rows.end();
  }
}
