package dev.tidemark.engine.growth;

import java.util.Arrays;

/** Points of a horizon, oldest first: x in seconds, 0 at the newest block, and y as long as x. */
final class Points {
  private final double[] x;
  private final double[] y;

  Points(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  double[] x() {
    return x;
  }

  double[] y() {
    return y;
  }

  int size() {
    return y.length;
  }

  Points last(int n) {
    return new Points(
        Arrays.copyOfRange(x, x.length - n, x.length),
        Arrays.copyOfRange(y, y.length - n, y.length));
  }

  /** Seconds from the first point to the last. */
  double span() {
    return x[x.length - 1] - x[0];
  }
}
