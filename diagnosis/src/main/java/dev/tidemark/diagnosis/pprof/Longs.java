package dev.tidemark.diagnosis.pprof;

import java.util.Arrays;

/** A growing array of numbers. */
final class Longs {
  private static final long[] NONE = {};

  private long[] values = new long[16];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** What was added since the last call. */
  long[] take() {
    long[] taken = size == 0 ? NONE : Arrays.copyOf(values, size);
    size = 0;
    return taken;
  }

  /** The same as indexes. */
  int[] takeInts() {
    int[] taken = new int[size];
    for (int i = 0; i < size; i++) {
      taken[i] = (int) values[i];
    }
    size = 0;
    return taken;
  }
}
