package dev.tidemark.engine.growth;

import java.util.Arrays;

/**
 * How fast values rise: the median of the slopes of all pairs (Theil 1950; Sen, "Estimates of the
 * regression coefficient based on Kendall's tau", JASA 1968), with the median residual as
 * intercept.
 *
 * @param slope per unit of x
 * @param intercept level at x = 0
 * @param noise robust standard deviation of the residuals: 1.4826 × their median absolute deviation
 */
public record TheilSen(double slope, double intercept, double noise) {
  private static final double MAD_TO_SIGMA = 1.4826;

  /** Fewer than eight of these are looked through faster than a good pivot is found. */
  private static final int LEAST_EIGHTH = 5;

  /** The line through points with distinct, ascending x; at least two of them. */
  public static TheilSen of(double[] x, double[] y) {
    return through(x, y, slope(x, y, 0, y.length));
  }

  /** The line of a known slope. */
  static TheilSen through(double[] x, double[] y, double slope) {
    double[] rest = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      rest[i] = y[i] - slope * x[i];
    }
    double intercept = median(rest.clone());
    for (int i = 0; i < rest.length; i++) {
      rest[i] = Math.abs(rest[i] - intercept);
    }
    return new TheilSen(slope, intercept, MAD_TO_SIGMA * median(rest));
  }

  /** The slope of a part; NaN with fewer than two points. */
  static double slope(double[] x, double[] y, int from, int to) {
    int n = to - from;
    if (n < 2) {
      return Double.NaN;
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int k = 0;
    for (int i = from; i < to; i++) {
      for (int j = i + 1; j < to; j++) {
        slopes[k++] = (y[j] - y[i]) / (x[j] - x[i]);
      }
    }
    return median(slopes);
  }

  /**
   * The median of the slopes of pairs half the points apart only: one slope a pair of points and
   * not one of all pairs, so a fraction of the work, and as deaf to a few outliers (Theil's
   * incomplete method, 1950). For what is shown, not for what is judged.
   */
  static double roughSlope(double[] x, double[] y) {
    int n = y.length;
    int half = n / 2;
    if (half < 1) {
      return Double.NaN;
    }
    double[] slopes = new double[half];
    for (int i = 0; i < half; i++) {
      int j = i + n - half;
      slopes[i] = (y[j] - y[i]) / (x[j] - x[i]);
    }
    return median(slopes);
  }

  /**
   * Lag-1 autocorrelation of the residuals of a line, at least 0, at most 0.99; the bias of short
   * series is taken out (Kendall 1954: −(1 + 3r)/n).
   */
  static double autocorrelation(double[] x, double[] y, double slope) {
    int n = y.length;
    double mean = 0;
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = y[i] - slope * x[i];
      mean += rest[i] / n;
    }
    double all = 0;
    double next = 0;
    for (int i = 0; i < n; i++) {
      all += (rest[i] - mean) * (rest[i] - mean);
      next += i == 0 ? 0 : (rest[i] - mean) * (rest[i - 1] - mean);
    }
    double r = all > 0 ? next / all : 0;
    return Math.max(0, Math.min(0.99, r + (1 + 3 * r) / n));
  }

  /** How far values scatter around their median, as a standard deviation; 0 for none. */
  static double scatter(double[] y, int from, int to) {
    double[] part = Arrays.copyOfRange(y, from, to);
    double middle = median(part);
    for (int i = 0; i < part.length; i++) {
      part[i] = Math.abs(part[i] - middle);
    }
    return MAD_TO_SIGMA * median(part);
  }

  /** The median; reorders its argument. */
  public static double median(double[] values) {
    int n = values.length;
    double upper = select(values, n / 2);
    if (n % 2 == 1) {
      return upper;
    }
    double lower = values[0];
    for (int i = 1; i < n / 2; i++) {
      lower = Math.max(lower, values[i]);
    }
    return lower / 2 + upper / 2;
  }

  /**
   * Quickselect; afterwards nothing before k is greater than the k-th value. Each element is moved
   * whether it has to or not, and counted: no branch depends on it, and a processor guesses every
   * second one of those wrong, which costs more than all the rest.
   */
  private static double select(double[] a, int k) {
    int low = 0;
    int high = a.length - 1;
    while (low < high) {
      double pivot = pivot(a, low, high);
      int less = low;
      for (int i = low; i <= high; i++) {
        double moved = a[i];
        a[i] = a[less];
        a[less] = moved;
        less += moved < pivot ? 1 : 0;
      }
      if (k < less) {
        high = less - 1;
        continue;
      }
      int notMore = less;
      for (int i = less; i <= high; i++) {
        double moved = a[i];
        a[i] = a[notMore];
        a[notMore] = moved;
        notMore += moved > pivot ? 0 : 1;
      }
      if (k < notMore) {
        return a[k];
      }
      low = notMore;
    }
    return a[k];
  }

  /** The middle of three, of many the middle of three such ("ninther", Tukey 1978). */
  private static double pivot(double[] a, int low, int high) {
    int eighth = (high - low) / 8;
    return eighth < LEAST_EIGHTH
        ? middle(a[low], a[(low + high) >>> 1], a[high])
        : middle(
            middle(a[low], a[low + eighth], a[low + 2 * eighth]),
            middle(a[low + 3 * eighth], a[low + 4 * eighth], a[low + 5 * eighth]),
            middle(a[low + 6 * eighth], a[low + 7 * eighth], a[high]));
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
