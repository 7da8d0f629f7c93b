package dev.tidemark.diagnosis.gctrace;

/**
 * How values above zero are spread, in fixed memory: counts in buckets 5 % wide, so a quantile is
 * off by 2.5 % at most. Values below 0.0001 count as that, those above 10^11 as that.
 */
final class Spread {
  private static final double LEAST = 1e-4;
  private static final double WIDTH = Math.log(1.05);

  private final long[] counts = new long[710];
  private long count;
  private double sum;
  private double max;

  void add(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    int bucket = (int) (Math.log(Math.max(value, LEAST) / LEAST) / WIDTH);
    counts[Math.min(bucket, counts.length - 1)]++;
    count++;
    sum += value;
    max = Math.max(max, value);
  }

  /** NaN without values. */
  double quantile(double q) {
    long wanted = Math.max(1, (long) Math.ceil(q * count));
    long seen = 0;
    for (int i = 0; i < counts.length && count > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(LEAST * Math.exp((i + 0.5) * WIDTH), max);
      }
    }
    return Double.NaN;
  }

  long count() {
    return count;
  }

  double sum() {
    return sum;
  }

  double mean() {
    return sum / count;
  }

  double max() {
    return max;
  }
}
