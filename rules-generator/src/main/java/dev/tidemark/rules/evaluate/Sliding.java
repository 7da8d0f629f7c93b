package dev.tidemark.rules.evaluate;

/**
 * Sums of the samples in a range that moves on, each sample added twice at most however long the
 * range is: to what all later ones of a stretch make, from its end to its begin, and to what came
 * after the stretch. A sample that leaves is never subtracted, so nothing of it stays behind, and
 * what is lost to rounding is a few units in the last place of the result, as where Prometheus adds
 * all up anew (Kahan and Neumaier). What is not finite is added up anew here, too.
 *
 * <p>The two parts are put together as Chan, Golub and LeVeque do (Updating formulae and a pairwise
 * algorithm for computing sample variances, 1979), with means of two doubles each: of a level that
 * is large beside its noise Prometheus' own deviation is less exact than this.
 */
final class Sliding {
  private final double[] values;

  /** Of sample {@code begin + i} to the last before {@code middle}. */
  private int[] counts = new int[0];

  private double[] sums = new double[0];
  private double[] lost = new double[0];
  private double[] means = new double[0];
  private double[] meansLost = new double[0];
  private double[] squares = new double[0];

  private int begin;
  private int middle;
  private int next;
  private final Part since = new Part();

  Sliding(double[] values) {
    this.values = values;
  }

  /** The sums from one index to before another; neither ever goes back. */
  Sums of(int from, int to) {
    if (from >= to) {
      return Sums.of(values, from, from);
    }
    if (from >= middle) {
      settle(from, to);
    }
    for (; next < to; next++) {
      since.add(values[next]);
    }
    Sums all = together(from - begin);
    boolean finite = Double.isFinite(all.sum()) && Double.isFinite(all.variance());
    return finite || all.count() == 0 ? all : Sums.of(values, from, to);
  }

  private void settle(int from, int to) {
    int length = to - from;
    if (counts.length < length) {
      int room = Math.max(length, 2 * counts.length);
      counts = new int[room];
      sums = new double[room];
      lost = new double[room];
      means = new double[room];
      meansLost = new double[room];
      squares = new double[room];
    }
    Part part = new Part();
    for (int i = length - 1; i >= 0; i--) {
      part.add(values[from + i]);
      counts[i] = part.count;
      sums[i] = part.sum;
      lost[i] = part.lost;
      means[i] = part.mean;
      meansLost[i] = part.meanLost;
      squares[i] = part.squares + part.squaresLost;
    }
    begin = from;
    middle = to;
    next = to;
    since.clear();
  }

  private Sums together(int first) {
    int n = counts[first] + since.count;
    if (since.count == 0 || counts[first] == 0) {
      double square = since.count == 0 ? squares[first] : since.squares + since.squaresLost;
      double sum = since.count == 0 ? sums[first] + lost[first] : since.sum + since.lost;
      return new Sums(n, sum, square / n);
    }
    Sums.Compensated sum = new Sums.Compensated();
    sum.add(sums[first]);
    sum.add(since.sum);
    sum.add(lost[first]);
    sum.add(since.lost);
    double apart = (since.mean - means[first]) + (since.meanLost - meansLost[first]);
    double between = apart * apart * counts[first] / n * since.count;
    return new Sums(
        n, sum.value(), (squares[first] + (since.squares + since.squaresLost) + between) / n);
  }

  /** What samples make that were added one by one. Sums of two doubles: high and what it lost. */
  private static final class Part {
    private int count;
    private double sum;
    private double lost;
    private double mean;
    private double meanLost;
    private double squares;
    private double squaresLost;

    void clear() {
      count = 0;
      sum = 0;
      lost = 0;
      mean = 0;
      meanLost = 0;
      squares = 0;
      squaresLost = 0;
    }

    void add(double value) {
      if (Row.isAbsent(value)) {
        return;
      }
      count++;
      double next = sum + value;
      lost += error(sum, value, next);
      sum = next;
      double delta = (value - mean) - meanLost;
      double step = delta / count;
      double moved = mean + step;
      meanLost += error(mean, step, moved);
      mean = moved;
      double square = delta * ((value - mean) - meanLost);
      double more = squares + square;
      squaresLost += error(squares, square, more);
      squares = more;
    }

    /** What rounding took from a sum. */
    private static double error(double a, double b, double sum) {
      return Math.abs(a) >= Math.abs(b) ? (a - sum) + b : (b - sum) + a;
    }
  }
}
