package dev.tidemark.rules.evaluate;

/**
 * Evenly spaced times in Unix milliseconds.
 *
 * @param step longer than zero
 * @param count how many there are
 */
public record Times(long start, long step, int count) {
  public Times {
    if (step <= 0 || count < 0) {
      throw new IllegalArgumentException("needs a step and no negative count");
    }
  }

  public long at(int index) {
    return start + index * step;
  }

  /** The last of these at or before a time; negative where all are later. */
  long before(long millis) {
    return Math.floorDiv(millis - start, step);
  }
}
