package dev.tidemark.rules.evaluate;

import java.util.Arrays;
import java.util.Optional;

/** What a function makes of the samples in a range that moves on. */
abstract class Windows {
  final double[] values;

  Windows(double[] values) {
    this.values = values;
  }

  /**
   * The value of the samples from one index to before another; neither ever goes back.
   *
   * @return absent where the function gives nothing
   */
  abstract double of(int from, int to);

  /** Makes one for each series. */
  @FunctionalInterface
  interface Maker {
    /**
     * @param step between samples, in seconds
     */
    Windows of(double[] values, double step);
  }

  /**
   * @param parameter the quantile, where it is one
   */
  static Optional<Maker> of(String function, double parameter) {
    return Optional.ofNullable(
        switch (function) {
          case "max_over_time" -> (v, step) -> new Extreme(v, 1);
          case "min_over_time" -> (v, step) -> new Extreme(v, -1);
          case "quantile_over_time" -> (v, step) -> new Sorted(v, parameter);
          case "sum_over_time" -> (v, step) -> new Summed(v, Kind.SUM);
          case "avg_over_time" -> (v, step) -> new Summed(v, Kind.MEAN);
          case "count_over_time" -> (v, step) -> new Summed(v, Kind.COUNT);
          case "present_over_time" -> (v, step) -> new Summed(v, Kind.PRESENT);
          case "stddev_over_time" -> (v, step) -> new Summed(v, Kind.DEVIATION);
          case "stdvar_over_time" -> (v, step) -> new Summed(v, Kind.VARIANCE);
          case "last_over_time" -> (v, step) -> new Last(v);
          case "deriv" -> Slope::new;
          default -> null;
        });
  }

  private enum Kind {
    SUM,
    MEAN,
    COUNT,
    PRESENT,
    DEVIATION,
    VARIANCE
  }

  private static final class Summed extends Windows {
    private final Kind kind;
    private final Sliding sliding;

    Summed(double[] values, Kind kind) {
      super(values);
      this.kind = kind;
      this.sliding = new Sliding(values);
    }

    @Override
    double of(int from, int to) {
      Sums sums = sliding.of(from, to);
      if (sums.count() == 0) {
        return Row.ABSENT;
      }
      return switch (kind) {
        case SUM -> sums.sum();
        case MEAN -> sums.mean();
        case DEVIATION -> Math.sqrt(sums.variance());
        case VARIANCE -> sums.variance();
        case COUNT -> sums.count();
        case PRESENT -> 1;
      };
    }
  }

  private static final class Last extends Windows {
    Last(double[] values) {
      super(values);
    }

    @Override
    double of(int from, int to) {
      for (int i = to - 1; i >= from; i--) {
        if (!Row.isAbsent(values[i])) {
          return values[i];
        }
      }
      return Row.ABSENT;
    }
  }

  /** Least squares; the source is linearRegression in promql/functions.go. */
  private static final class Slope extends Windows {
    private final double step;

    Slope(double[] values, double step) {
      super(values);
      this.step = step;
    }

    @Override
    double of(int from, int to) {
      int first = from;
      while (first < to && Row.isAbsent(values[first])) {
        first++;
      }
      Sums.Compensated x = new Sums.Compensated();
      Sums.Compensated y = new Sums.Compensated();
      Sums.Compensated xy = new Sums.Compensated();
      Sums.Compensated xx = new Sums.Compensated();
      int n = 0;
      boolean constant = true;
      for (int i = first; i < to; i++) {
        double value = values[i];
        if (!Row.isAbsent(value)) {
          n++;
          constant &= value == values[first];
          double at = (i - first) * step;
          x.add(at);
          y.add(value);
          xy.add(at * value);
          xx.add(at * at);
        }
      }
      if (n < 2) {
        return Row.ABSENT;
      }
      if (constant) {
        return Double.isInfinite(values[first]) ? Double.NaN : 0;
      }
      double together = xy.value() - x.value() * y.value() / n;
      return together / (xx.value() - x.value() * x.value() / n);
    }
  }

  /** Indexes of what may still become the extreme, the best first. */
  private static final class Extreme extends Windows {
    private final int sign;
    private int[] queue = new int[64];
    private int head;
    private int tail;
    private int next;
    private int lastNaN = -1;

    Extreme(double[] values, int sign) {
      super(values);
      this.sign = sign;
    }

    @Override
    double of(int from, int to) {
      for (next = Math.max(next, from); next < to; next++) {
        double value = values[next];
        if (Double.isNaN(value)) {
          lastNaN = Row.isAbsent(value) ? lastNaN : next;
          continue;
        }
        while (tail > head && sign * values[queue[tail - 1]] <= sign * value) {
          tail--;
        }
        if (tail == queue.length) {
          room();
        }
        queue[tail++] = next;
      }
      while (head < tail && queue[head] < from) {
        head++;
      }
      if (head < tail) {
        return values[queue[head]];
      }
      return lastNaN >= from ? Double.NaN : Row.ABSENT;
    }

    private void room() {
      int held = tail - head;
      int[] to = held * 2 > queue.length ? new int[queue.length * 2] : queue;
      System.arraycopy(queue, head, to, 0, held);
      queue = to;
      head = 0;
      tail = held;
    }
  }

  /** Samples in their order; NaN is the least of all, as Prometheus sorts it. */
  private static final class Sorted extends Windows {
    private final double quantile;
    private double[] sorted = new double[64];
    private int count;
    private int unknown;
    private int first;
    private int next;

    Sorted(double[] values, double quantile) {
      super(values);
      this.quantile = quantile;
    }

    @Override
    double of(int from, int to) {
      for (; first < Math.min(from, next); first++) {
        remove(values[first]);
      }
      first = Math.max(first, from);
      for (next = Math.max(next, from); next < to; next++) {
        insert(values[next]);
      }
      int all = count + unknown;
      if (all == 0) {
        return Row.ABSENT;
      }
      if (Double.isNaN(quantile) || quantile < 0 || quantile > 1) {
        return Double.isNaN(quantile)
            ? Double.NaN
            : quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      double rank = quantile * (all - 1);
      int lower = (int) Math.max(0, Math.floor(rank));
      int upper = Math.min(all - 1, lower + 1);
      double weight = rank - Math.floor(rank);
      return at(lower) * (1 - weight) + at(upper) * weight;
    }

    private double at(int index) {
      return index < unknown ? Double.NaN : sorted[index - unknown];
    }

    private void insert(double value) {
      if (Double.isNaN(value)) {
        unknown += Row.isAbsent(value) ? 0 : 1;
        return;
      }
      int found = Arrays.binarySearch(sorted, 0, count, value);
      int at = found < 0 ? -found - 1 : found;
      if (count == sorted.length) {
        sorted = Arrays.copyOf(sorted, count * 2);
      }
      System.arraycopy(sorted, at, sorted, at + 1, count - at);
      sorted[at] = value;
      count++;
    }

    private void remove(double value) {
      if (Double.isNaN(value)) {
        unknown -= Row.isAbsent(value) ? 0 : 1;
        return;
      }
      int at = Arrays.binarySearch(sorted, 0, count, value);
      System.arraycopy(sorted, at + 1, sorted, at, count - at - 1);
      count--;
    }
  }
}
