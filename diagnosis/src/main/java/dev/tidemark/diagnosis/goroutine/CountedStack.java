package dev.tidemark.diagnosis.goroutine;

import java.util.List;

/**
 * A stack of the counted form.
 *
 * @param addresses the first few, innermost first
 * @param hidden how many addresses belong to runtime frames that are not shown; -1: not known
 */
record CountedStack(long count, List<Long> addresses, int hidden, List<Frame> frames) {
  /** As many as state inference looks at, and some for frames inlined into each other. */
  static final int ADDRESSES = 16;

  String top() {
    return frames.isEmpty() ? "" : frames.get(0).function();
  }

  long address(int index) {
    return index < addresses.size() ? addresses.get(index) : 0;
  }
}
