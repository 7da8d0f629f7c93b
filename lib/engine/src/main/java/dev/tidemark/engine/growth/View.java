package dev.tidemark.engine.growth;

import org.jspecify.annotations.Nullable;

/**
 * What one horizon sees when a block is complete.
 *
 * @param points of the process past its warm-up, moved to the time of day of the newest
 * @param all with the warm-up
 * @param whole asked only of the few windows that rise
 * @param horizonMillis the configured length
 * @param days whether a block is a whole day
 * @param birth the level the process began with, as far as it was watched; NaN when not known
 * @param fellFrom how high it was today and the day before, and came down by itself; NaN when it
 *     never did
 * @param past what was before
 */
record View(
    Points points,
    Points all,
    Whole whole,
    long horizonMillis,
    boolean days,
    double birth,
    double fellFrom,
    Past past,
    Surroundings around) {
  /** The longest view of the process that has a shape; null while there is none. */
  interface Whole {
    @Nullable Points points();
  }

  /** The same where the process begins with what is seen, its warm-up too. */
  View unborn() {
    return new View(
        points, all, () -> all, horizonMillis, days, all.y()[0], fellFrom, past, around);
  }
}
