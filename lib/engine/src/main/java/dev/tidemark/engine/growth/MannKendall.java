package dev.tidemark.engine.growth;

/**
 * Whether values rise at all: the Mann–Kendall test (Mann, "Nonparametric tests against trend",
 * Econometrica 1945; Kendall, "Rank correlation methods", 1975), normal approximation with
 * continuity and tie correction.
 *
 * @param tau Kendall's tau-b of value against position, in [−1, 1]; 0 when all values are equal
 * @param z the rise in standard deviations; −∞ when all values are equal
 */
record MannKendall(double tau, double z) {

  /** One-sided: how likely values without a trend rise at least as much. */
  double pValue() {
    return upperTail(z);
  }

  /** The p value when the standard deviation is larger than that of independent values. */
  double pValue(double timesDeviation) {
    return upperTail(z <= 0 ? z : z / timesDeviation);
  }

  static MannKendall of(double[] y) {
    return new Pairs(y).from(0);
  }

  /** All pairs of some values, so that the test of any end of them costs nothing more. */
  static final class Pairs {
    private final int count;

    /** Of the values from a place on: risen less fallen pairs, tied pairs, and the ties' term. */
    private final int[] risen;

    private final int[] tied;
    private final long[] ties;

    Pairs(double[] y) {
      int n = y.length;
      count = n;
      risen = new int[n + 1];
      tied = new int[n + 1];
      ties = new long[n + 1];
      for (int i = n - 1; i >= 0; i--) {
        double value = y[i];
        int s = 0;
        int same = 0;
        for (int j = i + 1; j < n; j++) {
          s += (y[j] > value ? 1 : 0) - (y[j] < value ? 1 : 0); // no jump, nothing to guess
          same += y[j] == value ? 1 : 0;
        }
        risen[i] = risen[i + 1] + s;
        tied[i] = tied[i + 1] + same;
        // t (t − 1) (2 t + 5) of a group, by what its t-th member adds
        ties[i] = ties[i + 1] + 6L * same * (same + 2);
      }
    }

    /** The test of the values from a place on. */
    MannKendall from(int first) {
      int n = count - first;
      int s = risen[first];
      double pairs = n * (n - 1) / 2.0;
      double variance = (n * (n - 1.0) * (2 * n + 5) - ties[first]) / 18;
      if (variance <= 0) {
        return new MannKendall(0, Double.NEGATIVE_INFINITY);
      }
      double z = (s - Math.signum((double) s)) / Math.sqrt(variance);
      double tau = s / Math.sqrt(pairs * (pairs - tied[first]));
      return new MannKendall(tau, z);
    }
  }

  /**
   * P(Z ≥ z) of the standard normal: Abramowitz and Stegun, "Handbook of Mathematical Functions",
   * 26.2.17, absolute error below 7.5e-8.
   */
  static double upperTail(double z) {
    if (z < 0) {
      return 1 - upperTail(-z);
    }
    double t = 1 / (1 + 0.2316419 * z);
    double polynomial =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.max(0, StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial);
  }
}
