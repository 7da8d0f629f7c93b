package dev.tidemark.exporter.source;

/**
 * Consecutive slots.
 *
 * @param first epoch milliseconds
 * @param step milliseconds
 */
record Slots(long first, int count, long step) {
  long last() {
    return at(count - 1);
  }

  long at(int index) {
    return first + index * step;
  }

  /** All but the first; only where there are several. */
  Slots rest() {
    return new Slots(first + step, count - 1, step);
  }

  Slots only(long slot) {
    return new Slots(slot, 1, step);
  }

  /** The place of a time among these, or -1 where it is none of them. */
  int indexOf(long millis) {
    long offset = millis - first;
    long index = offset / step;
    return offset < 0 || offset % step != 0 || index >= count ? -1 : (int) index;
  }
}
