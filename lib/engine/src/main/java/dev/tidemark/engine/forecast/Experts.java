package dev.tidemark.engine.forecast;

/** The simple forecasts that are weighed against one another. */
final class Experts {
  /** It stays as it is; the one every other has to beat. */
  static final int LAST = 0;

  /** It returns to its mean. */
  static final int MEAN = 1;

  /** It goes on along its line, ever slower (a damped trend; Gardner and McKenzie 1985). */
  static final int TREND = 2;

  /** It goes on along its line. */
  static final int LINE = 3;

  /** It changes as it did at this time of the day. */
  static final int DAY = 4;

  static final int COUNT = 5;

  private static final double DAMPING = 0.94;

  private Experts() {}

  /**
   * What each expects; NaN where one knows nothing yet.
   *
   * @param blocks the horizon in blocks
   * @param change how the level usually changes until then, NaN when not known
   */
  static double[] ask(Recent recent, double last, double blocks, double change) {
    double[] said = new double[COUNT];
    boolean trends = recent.filled() >= Recent.LEAST;
    said[LAST] = last;
    said[MEAN] = recent.mean();
    double damped = DAMPING * (1 - Math.pow(DAMPING, blocks)) / (1 - DAMPING);
    said[TREND] = trends ? recent.level() + damped * recent.slope() : Double.NaN;
    said[LINE] = trends ? recent.level() + blocks * recent.slope() : Double.NaN;
    said[DAY] = recent.level() + change;
    return said;
  }
}
