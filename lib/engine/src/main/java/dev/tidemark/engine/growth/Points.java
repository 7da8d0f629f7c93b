package dev.tidemark.engine.growth;

import dev.tidemark.engine.baseline.Season;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /**
   * The points as they would be at another time of day.
   *
   * @param newestMillis the time x counts from
   */
  Points movedTo(long newestMillis, @Nullable Season season) {
    if (season == null) {
      return this;
    }
    double now = season.at(newestMillis);
    double[] moved = y.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += now - season.at(newestMillis + Math.round(1000 * x[i]));
    }
    return new Points(x, moved);
  }

  /**
   * The points from a time on.
   *
   * @param millis before the newest, so at most 0; the smallest long means all
   */
  Points since(long millis) {
    int first = 0;
    while (first < x.length && Math.round(1000 * x[first]) < millis) {
      first++;
    }
    return first == 0 ? this : last(x.length - first);
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
