package dev.tidemark.engine;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One synthetic series of the trial: a value a minute, a limit, process starts, and, where it
 * leaks, from when on and when it would reach the limit.
 */
final class TrialScene {
  static final long MINUTE = 60_000;
  static final int HOUR = 60;
  static final int DAY = 24 * HOUR;

  /** Values by minute; NaN is a gap. */
  final double[] values;

  final long[] starts;

  /** By how many milliseconds each sample comes late; null where none does. */
  int @Nullable [] late;

  final SeriesShape shape;
  double limit = Double.NaN;
  int leaksFrom = -1;
  int dies = -1;

  TrialScene(int minutes, SeriesShape shape) {
    values = new double[minutes];
    starts = new long[minutes];
    this.shape = shape;
    startedAt(0, -30 * DAY);
  }

  /** A process that started at a minute runs from another on. */
  void startedAt(int from, int start) {
    for (int i = from; i < starts.length; i++) {
      starts[i] = Feed.MONDAY + start * MINUTE;
    }
  }

  /** Gaussian noise that remembers: lag-1 autocorrelation exp(−1 min / tau), unit variance. */
  static double[] wander(Random random, int minutes, double tauMinutes) {
    double[] w = new double[minutes];
    double keep = tauMinutes <= 0 ? 0 : Math.exp(-1 / tauMinutes);
    double fresh = Math.sqrt(1 - keep * keep);
    double now = random.nextGaussian();
    for (int i = 0; i < minutes; i++) {
      w[i] = now;
      now = keep * now + fresh * random.nextGaussian();
    }
    return w;
  }

  /**
   * Traffic over a week between low and 1: a smooth day that peaks at noon plus shift, less at the
   * weekend.
   */
  static double[] traffic(Random random, int minutes, double low, int weekdayOfStart) {
    double[] day = new double[minutes];
    double weekend = 0.5 + 0.5 * random.nextDouble();
    double shift = DAY * random.nextDouble();
    double sharp = 1 + 2 * random.nextDouble();
    for (int i = 0; i < minutes; i++) {
      double phase = (1 - Math.cos(2 * Math.PI * (i + shift) / DAY)) / 2;
      boolean free = (i / DAY + weekdayOfStart) % 7 >= 5;
      double height =
          Math.pow(phase, sharp) * (free ? weekend : 1) * (1 + 0.05 * random.nextGaussian() / 10);
      day[i] = low + (1 - low) * height;
    }
    return day;
  }

  TrialScene limit(double limit) {
    this.limit = limit;
    return this;
  }

  /**
   * Adds a leak of a shape over the time from onset to death; the values of the last minutes are
   * cut.
   */
  TrialScene leak(
      int from, int dies, java.util.function.DoubleUnaryOperator shareAt, double height) {
    leaksFrom = from;
    this.dies = Math.min(dies, values.length);
    for (int i = from; i < values.length; i++) {
      values[i] += height * shareAt.applyAsDouble((i - from) / (double) (dies - from));
    }
    return this;
  }

  double days() {
    return values.length / (double) DAY;
  }

  static Duration step() {
    return Duration.ofMillis(MINUTE);
  }
}
