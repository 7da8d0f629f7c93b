package dev.tidemark.engine;

import java.time.Duration;

/**
 * A sliding window and how fine it is: one sample a slot is kept, the first that falls in it.
 *
 * @param slot whole milliseconds, at least 1 ms; at most 65,535 slots fit a window
 */
public record WindowShape(Duration length, Duration slot) {
  static final int MAX_SLOTS = 65_535;

  public WindowShape {
    if (slot.toMillis() < 1) {
      throw new IllegalArgumentException("slot is " + slot + ", must be at least 1 ms");
    }
    if (length.compareTo(slot) < 0) {
      throw new IllegalArgumentException("window " + length + " is shorter than its slot " + slot);
    }
    if (length.toMillis() / slot.toMillis() > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "window " + length + " has more than " + MAX_SLOTS + " slots of " + slot);
    }
  }

  /** How many slots the window spans: {@code ceil(length / slot)}. */
  public int slots() {
    return (int) ((length.toMillis() + slot.toMillis() - 1) / slot.toMillis());
  }

  /** The same window with slots of a whole multiple of base, at least as wide as now. */
  WindowShape coarsenedTo(Duration base) {
    long unit = base.toMillis();
    long wide = (slot.toMillis() + unit - 1) / unit * unit;
    Duration wider = Duration.ofMillis(wide);
    return new WindowShape(length.compareTo(wider) < 0 ? wider : length, wider);
  }
}
