package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.RawSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes of samples as they were scraped what queries would have made of them: the values a selector
 * gives, and where a sample is fresh. The rules are those of Prometheus 2.42 (promql/engine.go): a
 * selector takes the newest sample of the last five minutes, unless that is a staleness marker;
 * ranges hold both their ends and no markers.
 */
final class RawRows implements RawSink {
  /** As long as a selector looks back. */
  static final long LOOKBACK_MILLIS = 300_000;

  /**
   * Places for values, 96 MB of them: a chunk is as long as it may be wide by the signals, and
   * metrics of other programs, a few bits a sample as they are stored, may be much wider.
   */
  static final int MOST = 2 * ChunkSize.IN_ALL;

  private final Slots slots;
  private final Predicate<Map<String, String>> wanted;
  private final Rows rows;
  private final List<BitSet> fresh = new ArrayList<>();
  private Map<String, String> labels = Map.of();
  private long[] times = new long[256];
  private double[] values = new double[256];
  private boolean[] stale = new boolean[256];
  private int size;
  private boolean taken;
  private boolean full;

  RawRows(Slots slots) {
    this(slots, labels -> true);
  }

  /**
   * @param wanted whether to keep a series, by its labels
   */
  RawRows(Slots slots, Predicate<Map<String, String>> wanted) {
    this.slots = slots;
    this.wanted = wanted;
    this.rows = new Rows(slots);
  }

  /** Whether there were more than it takes, and what it holds is not all. */
  boolean isFull() {
    return full;
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
    boolean fits = (fresh.size() + 1L) * slots.count() <= MOST;
    taken = wanted.test(found);
    full |= taken && !fits;
    taken &= fits;
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
    if (!taken) {
      return;
    }
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
    if (!taken) {
      return;
    }
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
