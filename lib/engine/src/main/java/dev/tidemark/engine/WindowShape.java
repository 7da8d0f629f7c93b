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

  /**
   * A window with the slot that suits its length, so that it has some hundreds to some thousands: 1
   * s below a quarter of an hour, 5 s below an hour, 15 s up to four hours, 1 min up to two days, 5
   * min up to sixty, then 15 min.
   */
  public static WindowShape of(Duration length) {
    long minutes = length.toMinutes();
    int seconds = 15 * 60;
    if (minutes < 15) {
      seconds = 1;
    } else if (minutes < 60) {
      seconds = 5;
    } else if (length.compareTo(Duration.ofHours(4)) <= 0) {
      seconds = 15;
    } else if (length.compareTo(Duration.ofDays(2)) <= 0) {
      seconds = 60;
    } else if (length.compareTo(Duration.ofDays(60)) <= 0) {
      seconds = 5 * 60;
    }
    return new WindowShape(length, Duration.ofSeconds(seconds));
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
