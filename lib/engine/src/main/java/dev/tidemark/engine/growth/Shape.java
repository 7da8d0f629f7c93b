package dev.tidemark.engine.growth;

import java.util.function.DoubleSupplier;

/**
 * What one window of points looks like, without any judgement. The trend is there from the start;
 * the rest is worked out when it is asked for, since most windows fail on that and slopes are dear.
 */
final class Shape {
  private static final int LEAST_TAIL = 4;

  private final Points points;
  private final DoubleSupplier noiseBefore;
  private final MannKendall trend;
  private double perSecond;
  private boolean hasSlope;

  /**
   * @param noiseBefore standard deviation of what came before the window
   */
  Shape(Points points, MannKendall trend, DoubleSupplier noiseBefore) {
    this.points = points;
    this.trend = trend;
    this.noiseBefore = noiseBefore;
  }

  Points points() {
    return points;
  }

  int count() {
    return points.size();
  }

  double spanSeconds() {
    return points.span();
  }

  /** The newest point. */
  double last() {
    return points.y()[points.size() - 1];
  }

  MannKendall trend() {
    return trend;
  }

  /** Theil–Sen slope. */
  double perSecond() {
    if (!hasSlope) {
      perSecond = TheilSen.slope(points.x(), points.y(), 0, points.size());
      hasSlope = true;
    }
    return perSecond;
  }

  /** A slope that costs little, for a window without a trend. */
  double roughPerSecond() {
    return TheilSen.roughSlope(points.x(), points.y());
  }

  /** By how much the line rises over the window. */
  double rise() {
    return perSecond() * points.span();
  }

  /** Standard deviation around the line, or of what came before the window if that is more. */
  double noise() {
    double own = TheilSen.through(points.x(), points.y(), perSecond()).noise();
    return Math.max(own, noiseBefore.getAsDouble());
  }

  /**
   * The trend's p value with the points that are independent: z shrinks by √((1 + r)/(1 − r)), r
   * being the lag-1 autocorrelation of the residuals (Yue and Wang, "The Mann–Kendall test modified
   * by effective sample size to detect trend in serially correlated hydrological series", Water
   * Resources Management 2004, for AR(1)).
   */
  double carefulP() {
    double r = TheilSen.autocorrelation(points.x(), points.y(), perSecond());
    return trend.pValue(Math.sqrt((1 + r) / (1 - r)));
  }

  /** The smaller of the slopes of the two halves. */
  double weakerHalf() {
    int n = points.size();
    return Math.min(
        TheilSen.slope(points.x(), points.y(), 0, n / 2),
        TheilSen.slope(points.x(), points.y(), n / 2, n));
  }

  /** The slope of the last quarter, of four points at least. */
  double tail() {
    int n = points.size();
    return TheilSen.slope(points.x(), points.y(), n - Math.max(LEAST_TAIL, n / 4), n);
  }
}
