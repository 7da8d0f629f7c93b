package dev.tidemark.exporter.source;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** The samples of one target in a chunk, one place a slot; NaN where the slot is empty. */
public final class Column {
  private final double[] values;

  public Column(int slots) {
    this.values = new double[slots];
    Arrays.fill(values, Double.NaN);
  }

  /** The sample of a slot, NaN where it is empty. */
  public double at(int slot) {
    return values[slot];
  }

  /** How many slots are not empty. */
  public int filled() {
    int filled = 0;
    for (double value : values) {
      filled += Double.isNaN(value) ? 0 : 1;
    }
    return filled;
  }

  /** These samples, and the other's where there are none. */
  Column or(Column other) {
    Column both = new Column(values.length);
    for (int i = 0; i < values.length; i++) {
      both.values[i] = Double.isNaN(values[i]) ? other.values[i] : values[i];
    }
    return both;
  }

  /**
   * All its samples from a slot on, and before it the first of each bucket of slots: which slots of
   * a sparse series hold a sample is chance.
   */
  Column thinned(int before, IntToLongFunction bucket) {
    Column thinned = new Column(values.length);
    long last = Long.MIN_VALUE;
    for (int i = 0; i < values.length; i++) {
      boolean wanted = i >= before || bucket.applyAsLong(i) != last;
      if (wanted && !Double.isNaN(values[i])) {
        thinned.values[i] = values[i];
        last = bucket.applyAsLong(i);
      }
    }
    return thinned;
  }

  /** Two rows of one target: the larger counts, a row that has nothing does not. */
  public void merge(int slot, double value) {
    values[slot] = Double.isNaN(values[slot]) ? value : Math.max(values[slot], value);
  }
}
