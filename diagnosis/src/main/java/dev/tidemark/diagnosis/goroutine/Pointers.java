package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayList;
import java.util.List;

/** The heap addresses among the arguments of a stack's calls. Reused for each goroutine. */
final class Pointers {
  /** Of one goroutine; the innermost calls are what matters. */
  private static final int MOST = 24;

  /** Programs, their data and tables of methods lie below, unless built as PIE. */
  private static final long LEAST = 1L << 32;

  private static final long PIE_START = 0x55L << 40;
  private static final long PIE_END = 0x57L << 40;

  /** Where the system maps what is not heap: tables of methods that are made as they are needed. */
  private static final long MAPPED = 0x7eL << 40;

  private final long[] values = new long[MOST];
  private final int[] calls = new int[MOST];
  private int size;

  /** A bit a call, of the innermost ones: not all its arguments are told. */
  private long untold;

  void clear() {
    size = 0;
    untold = 0;
  }

  /** Of the innermost calls up to a number of them. */
  List<Long> ofCalls(int most) {
    List<Long> list = new ArrayList<>(size);
    for (int i = 0; i < size && calls[i] < most; i++) {
      list.add(values[i]);
    }
    return list;
  }

  /** Whether a call, counted from the innermost, does not tell all that it was called with. */
  boolean isUntold(int call) {
    return call < Long.SIZE && (untold >> call & 1) != 0;
  }

  /**
   * Takes the arguments of a call, {@code 0xc000012018, {0x1, 0x2?}, ...}. A question mark says
   * that the value may be stale.
   *
   * @param call how many calls lie within this one
   */
  void arguments(byte[] buffer, int from, int to, int call) {
    boolean inlined = to - from == 3 && buffer[from] == '.';
    if (call < Long.SIZE && (inlined || (to > from && buffer[to - 1] == '?'))) {
      untold |= 1L << call;
    }
    for (int at = from; at + 10 < to && size < MOST; at++) {
      if (buffer[at] != '0' || buffer[at + 1] != 'x') {
        continue;
      }
      long value = 0;
      int end = at + 2;
      for (int digit; end < to && (digit = digit(buffer[end])) >= 0; end++) {
        value = value << 4 | digit;
      }
      if (end - at <= 18 && (end == to || buffer[end] != '?')) {
        add(value, call);
      }
      at = end - 1;
    }
  }

  private static int digit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int letter = b | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  private void add(long value, int call) {
    boolean heap = value >= LEAST && value < MAPPED && (value & 7) == 0;
    if (!heap || (value >= PIE_START && value < PIE_END)) {
      return;
    }
    for (int i = 0; i < size; i++) {
      if (values[i] == value) {
        return;
      }
    }
    calls[size] = call;
    values[size++] = value;
  }
}
