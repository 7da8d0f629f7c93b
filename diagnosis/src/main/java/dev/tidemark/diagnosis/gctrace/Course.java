package dev.tidemark.diagnosis.gctrace;

import java.util.Arrays;

/**
 * A value over time in fixed memory: when {@value #MOST} points are held every second one goes, and
 * from then on only every second is taken.
 */
final class Course {
  private static final int MOST = 512;
  private static final int PARTS = 4;

  private final double[] times = new double[MOST];
  private final double[] values = new double[MOST];
  private int size;
  private long stride = 1;
  private long seen;

  void add(double time, double value) {
    if (seen++ % stride != 0) {
      return;
    }
    if (size == MOST) {
      for (int i = 0; i < MOST / 2; i++) {
        times[i] = times[2 * i];
        values[i] = values[2 * i];
      }
      size = MOST / 2;
      stride *= 2;
      if ((seen - 1) % stride != 0) {
        return;
      }
    }
    times[size] = time;
    values[size++] = value;
  }

  /** The lowest value of each quarter of the points; empty below eight points. */
  double[] troughs() {
    if (size < 2 * PARTS) {
      return new double[0];
    }
    double[] lowest = new double[PARTS];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < size; i++) {
      int part = i * PARTS / size;
      lowest[part] = Math.min(lowest[part], values[i]);
    }
    return lowest;
  }

  /** From the lowest of the first quarter to the lowest of the last, a second; NaN if unknown. */
  double growth() {
    double[] lowest = troughs();
    double span = lowest.length == 0 ? 0 : (times[size - 1] - times[0]) * (PARTS - 1) / PARTS;
    return span > 0 ? (lowest[PARTS - 1] - lowest[0]) / span : Double.NaN;
  }
}
