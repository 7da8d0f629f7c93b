package dev.tidemark.rules.evaluate;

/**
 * What is added up of samples, with compensation (Neumaier, as Prometheus does), and their variance
 * by Welford.
 */
record Sums(int count, double sum, double variance) {
  /** Of the samples from one index to before another; what is absent does not count. */
  static Sums of(double[] values, int from, int to) {
    int count = 0;
    Compensated sum = new Compensated();
    Compensated mean = new Compensated();
    Compensated squares = new Compensated();
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (!Row.isAbsent(value)) {
        count++;
        sum.add(value);
        double delta = value - mean.value();
        mean.add(delta / count);
        squares.add(delta * (value - mean.value()));
      }
    }
    return new Sums(count, sum.value(), squares.value() / count);
  }

  double mean() {
    return sum / count;
  }

  /** A sum that keeps what rounding takes away. */
  static final class Compensated {
    private double sum;
    private double lost;

    void add(double value) {
      double next = sum + value;
      if (Double.isInfinite(next)) {
        lost = 0;
      } else if (Math.abs(sum) >= Math.abs(value)) {
        lost += (sum - next) + value;
      } else {
        lost += (value - next) + sum;
      }
      sum = next;
    }

    double value() {
      return sum + lost;
    }
  }
}
