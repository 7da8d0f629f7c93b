package dev.tidemark.engine;

/**
 * What the engine must know of a signal.
 *
 * @param smallestBand half width, in the signal's unit, below which no deviation counts; finite, at
 *     least 0
 * @param measure how reasons write its values
 */
public record SeriesShape(Side side, Reduce reduce, double smallestBand, Measure measure) {
  /** Of plain numbers. */
  public SeriesShape(Side side, Reduce reduce, double smallestBand) {
    this(side, reduce, smallestBand, Measure.COUNT);
  }

  public SeriesShape {
    if (!(smallestBand >= 0) || Double.isInfinite(smallestBand)) {
      throw new IllegalArgumentException(
          "smallestBand is " + smallestBand + ", must be a finite number of at least 0");
    }
  }
}
