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
    long s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        s += (y[j] > y[i] ? 1 : 0) - (y[j] < y[i] ? 1 : 0); // no jump, nothing to guess
      }
    }
    double pairs = n * (n - 1) / 2.0;
    double tiedPairs = 0;
    double ties = 0;
    double[] sorted = y.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < n; ) {
      int j = i;
      while (j < n && sorted[j] == sorted[i]) {
        j++;
      }
      double t = j - i;
      ties += t * (t - 1) * (2 * t + 5);
      tiedPairs += t * (t - 1) / 2;
      i = j;
    }
    double variance = (n * (n - 1.0) * (2 * n + 5) - ties) / 18;
    if (variance <= 0) {
      return new MannKendall(0, 1, 0);
    }
    double z = (s - Math.signum((double) s)) / Math.sqrt(variance);
    return new MannKendall(s / Math.sqrt(pairs * (pairs - tiedPairs)), upperTail(z), z);
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
