package dev.tidemark.rules.dashboard;

/** How the series of a target are drawn. */
enum Style {
  LINE,
  /** The line a signal normally follows. */
  EXPECTED,
  /** The upper edge of a band, filled down to the series called {@code lower}. */
  UPPER,
  LOWER,
  /** Where a target dies. */
  LIMIT,
  /** On an axis of its own, on the right. */
  RIGHT
}
