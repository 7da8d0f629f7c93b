package dev.tidemark.engine.growth;

import java.util.Arrays;

/**
 * Whether values rise at all: the Mann–Kendall test (Mann, "Nonparametric tests against trend",
 * Econometrica 1945; Kendall, "Rank correlation methods", 1975), normal approximation with
 * continuity and tie correction.
 *
 * @param tau Kendall's tau-b of value against position, in [−1, 1]; 0 when all values are equal
 * @param pValue one-sided: how likely values without a trend rise at least as much
 */
record MannKendall(double tau, double pValue, double z) {

  /** The p value when the standard deviation is larger than that of independent values. */
  double pValue(double timesDeviation) {
    return z <= 0 ? pValue : upperTail(z / timesDeviation);
  }

  static MannKendall of(double[] y) {
    int n = y.length;
    int s = 0;
    int tied = 0;
    for (int i = 0; i < n; i++) {
      double value = y[i];
      for (int j = i + 1; j < n; j++) {
        s += (y[j] > value ? 1 : 0) - (y[j] < value ? 1 : 0); // no jump, nothing to guess
        tied += y[j] == value ? 1 : 0;
      }
    }
    double pairs = n * (n - 1) / 2.0;
    double tiedPairs = tied;
    double ties = tied == 0 ? 0 : ties(y);
    double variance = (n * (n - 1.0) * (2 * n + 5) - ties) / 18;
    if (variance <= 0) {
      return new MannKendall(0, 1, 0);
    }
    double z = (s - Math.signum((double) s)) / Math.sqrt(variance);
    return new MannKendall(s / Math.sqrt(pairs * (pairs - tiedPairs)), upperTail(z), z);
  }

  /** The sum over all groups of t equal values of t (t − 1) (2 t + 5). */
  private static double ties(double[] y) {
    int n = y.length;
    double[] sorted = y.clone();
    Arrays.sort(sorted);
    double ties = 0;
    for (int i = 0; i < n; ) {
      int j = i;
      while (j < n && sorted[j] == sorted[i]) {
        j++;
      }
      double t = j - i;
      ties += t * (t - 1) * (2 * t + 5);
      i = j;
    }
    return ties;
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
